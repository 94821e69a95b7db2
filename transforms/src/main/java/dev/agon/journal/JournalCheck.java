package dev.agon.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads every blob of a journal and says which are damaged, empty or torn, of whatever kind. Changes nothing. */
public final class JournalCheck {

    private static final Set<BlobKind> OF_STARTS = Set.of(BlobKind.PROGRESS, BlobKind.HANDOVER);

    private JournalCheck() {}

    /**
     * A blob that cannot be used.
     *
     * @param blob its name
     * @param problem what is wrong, to be read after the name
     */
    public record Damage(String blob, String problem) {}

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
        for (StoredBlob blob : JournalContents.of(blobs).all()) {
            Optional<byte[]> bytes = blob.whole() ? blobs.get(blob.name()) : Optional.empty();
            if (bytes.isPresent()) { // else removed since it was listed
                entries += JournalKey.isEntry(blob.name()) ? 1 : 0;
                problem(blob, bytes.get(), schemas).ifPresent(problem -> damaged.add(new Damage(blob.name(), problem)));
            }
        }
        return new Findings(entries, List.copyOf(damaged));
    }

    private static Optional<String> problem(StoredBlob blob, byte[] bytes, SchemaStore schemas) throws IOException {
        if (JournalKey.isEntry(blob.name())) {
            try {
                EntryCodec.check(bytes, schemas.get(EntryCodec.writer(bytes)));
                return Optional.empty();
            } catch (CorruptEntryException e) {
                return Optional.of(e.getMessage());
            }
        }
        if (SchemaStore.isSchema(blob)) {
            return SchemaStore.parse(blob.name(), bytes).isPresent()
                    ? Optional.empty()
                    : Optional.of("is no schema, or another one: it is written again with the next entry of its type");
        }
        Optional<BlobKind> kind = BlobKind.of(blob.name());
        if (kind.equals(Optional.of(BlobKind.LEDGER))) {
            return Ledger.problem(blob.name(), bytes);
        }
        return bytes.length == 0 && kind.filter(OF_STARTS::contains).isPresent()
                ? Optional.of("is empty; it was of use to one start of a run, and is removed with it")
                : Optional.empty();
    }
}
