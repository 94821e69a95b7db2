package dev.agon.journal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a journal's store holds, told apart by name and without opening anything: entries, the schemas they were written with,
 * and what else a {@link BlobKind} names; the rest is left alone. Fails with a {@link NoJournalException} where there is neither a
 * schema, which every journal with an entry has, nor an entry that has lost it.
 */
public final class JournalContents {

    private final List<StoredBlob> stored;

    private JournalContents(List<StoredBlob> stored) {
        this.stored = stored;
    }

    public static JournalContents of(Blobs blobs) throws IOException, NoJournalException {
        List<StoredBlob> stored = blobs.stored();
        JournalContents contents = new JournalContents(stored);
        if (stored.stream().noneMatch(SchemaStore::isSchema) && !contents.hasWholeEntry(blobs)) {
            throw new NoJournalException(
                    stored.isEmpty()
                            ? "is not there or holds nothing"
                            : "is no journal: it holds no schemas/*.avsc, which every journal has");
        }
        return contents;
    }

    private boolean hasWholeEntry(Blobs blobs) throws IOException {
        for (StoredBlob entry : (Iterable<StoredBlob>) entries()::iterator) {
            if (blobs.get(entry.name()).filter(EntryCodec::isWhole).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** How many blobs, and their bytes. */
    public record Total(long blobs, long bytes) {

        private Total plus(Total other) {
            return new Total(blobs + other.blobs, bytes + other.bytes);
        }
    }

    /** Whole blobs by kind, which is the first part of their names; those without are under the empty name. */
    public Map<String, Total> byKind() {
        Map<String, Total> kinds = new TreeMap<>();
        stored.stream()
                .filter(StoredBlob::whole)
                .forEach(blob -> kinds.merge(blob.kind(), new Total(1, blob.bytes()), Total::plus));
        return kinds;
    }

    /** Blobs in the making, or whose writers died. */
    public Total unfinished() {
        return stored.stream()
                .filter(blob -> !blob.whole())
                .map(blob -> new Total(1, blob.bytes()))
                .reduce(new Total(0, 0), Total::plus);
    }

    List<StoredBlob> all() {
        return stored;
    }

    Stream<StoredBlob> entries() {
        return stored.stream().filter(blob -> blob.whole() && JournalKey.isEntry(blob.name()));
    }
}
