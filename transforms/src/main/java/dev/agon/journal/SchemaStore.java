package dev.agon.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The schemas that a journal's entries were written with: one blob each, named by its fingerprint, read or written once. */
final class SchemaStore {

    private static final String FOLDER = BlobKind.SCHEMAS.folder() + "/";
    private static final String SUFFIX = ".avsc";

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
        Schema cached = known.get(fingerprint);
        if (cached != null) {
            return cached;
        }
        byte[] text = blobs.get(blobName(fingerprint))
                .orElseThrow(() -> new CorruptEntryException("has lost the schema it was written with"));
        try {
            Schema schema = new Schema.Parser().parse(new String(text, StandardCharsets.UTF_8));
            if (EntryCodec.fingerprint(schema) == fingerprint) {
                known.put(fingerprint, schema);
                return schema;
            }
        } catch (AvroRuntimeException e) {
            throw damaged(fingerprint);
        }
        throw damaged(fingerprint);
    }

    private static CorruptEntryException damaged(long fingerprint) {
        return new CorruptEntryException("was written with the schema " + blobName(fingerprint) + ", which is damaged");
    }

    static String blobName(long fingerprint) {
        return FOLDER + Long.toHexString(fingerprint) + SUFFIX;
    }

    static boolean isSchema(StoredBlob blob) {
        return blob.name().startsWith(FOLDER) && blob.name().endsWith(SUFFIX);
    }
}
