package dev.agon.journal;

import dev.agon.schemas.Flow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The schemas that a journal's entries were written with: one blob each, named by its fingerprint, read or written once. */
final class SchemaStore {

    private static final String FOLDER = BlobKind.SCHEMAS.folder() + "/";
    private static final String SUFFIX = ".avsc";

    /** Those that this version writes: entries stay readable when the file of their schema is lost. */
    private static final Map<Long, Schema> OWN =
            Flow.PROTOCOL.getTypes().stream().collect(Collectors.toMap(EntryCodec::fingerprint, Function.identity()));

    private final Blobs blobs;
    private final Map<Long, Schema> known = new ConcurrentHashMap<>();

    SchemaStore(Blobs blobs) {
        this.blobs = blobs;
    }

    /** Once this returns, entries of that schema can be read by anybody. */
    void keep(Schema schema) throws IOException {
        long fingerprint = EntryCodec.fingerprint(schema);
        if (!known.containsKey(fingerprint)) {
            blobs.put(blobName(fingerprint), schema.toString().getBytes(StandardCharsets.UTF_8));
            known.put(fingerprint, schema);
        }
    }

    /** The schema of an entry; without it the entry counts as damaged. */
    Schema get(long fingerprint) throws IOException, CorruptEntryException {
        Schema cached = OWN.getOrDefault(fingerprint, known.get(fingerprint));
        if (cached != null) {
            return cached;
        }
        String name = blobName(fingerprint);
        byte[] text = blobs.get(name)
                .orElseThrow(
                        () -> new CorruptEntryException("was written with the schema " + name + ", which is lost"));
        Schema schema = parse(name, text)
                .orElseThrow(
                        () -> new CorruptEntryException("was written with the schema " + name + ", which is damaged"));
        known.put(fingerprint, schema);
        return schema;
    }

    /** The schema in a blob of that name; empty when it is damaged. */
    static Optional<Schema> parse(String name, byte[] text) {
        try {
            return Optional.of(new Schema.Parser().parse(new String(text, StandardCharsets.UTF_8)))
                    .filter(schema -> blobName(EntryCodec.fingerprint(schema)).equals(name));
        } catch (RuntimeException e) { // whatever Avro and its JSON parser say of half a text
            return Optional.empty();
        }
    }

    static String blobName(long fingerprint) {
        return FOLDER + Long.toHexString(fingerprint) + SUFFIX;
    }

    static boolean isSchema(StoredBlob blob) {
        return blob.name().startsWith(FOLDER) && blob.name().endsWith(SUFFIX);
    }
}
