package dev.agon.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads every entry of a journal and says which are damaged. Changes nothing. */
public final class JournalCheck {

    private JournalCheck() {}

    /**
     * An entry that cannot be used.
     *
     * @param entry name of its blob
     * @param problem what is wrong, to be read after the words "the entry"
     */
    public record Damage(String entry, String problem) {}

    /**
     * What was found.
     *
     * @param entries how many entries were read
     * @param damaged those that cannot be used, by name
     */
    public record Findings(long entries, List<Damage> damaged) {}

    public static Findings of(Blobs blobs) throws IOException, NoJournalException {
        SchemaStore schemas = new SchemaStore(blobs);
        List<Damage> damaged = new ArrayList<>();
        long entries = 0;
        for (StoredBlob blob : (Iterable<StoredBlob>) JournalContents.of(blobs).entries()::iterator) {
            Optional<byte[]> bytes = blobs.get(blob.name());
            if (bytes.isPresent()) { // else removed since it was listed
                entries++;
                try {
                    EntryCodec.check(bytes.get(), schemas.get(EntryCodec.writer(bytes.get())));
                } catch (CorruptEntryException e) {
                    damaged.add(new Damage(blob.name(), e.getMessage()));
                }
            }
        }
        return new Findings(entries, List.copyOf(damaged));
    }
}
