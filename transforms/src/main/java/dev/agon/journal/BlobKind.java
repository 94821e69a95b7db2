package dev.agon.journal;

import java.util.Locale;
import java.util.Optional;

/**
 * What a blob of a journal's store is, which is the first part of its name. Whoever writes a new kind of blob names it here; then
 * {@code agon journal} knows it.
 */
public enum BlobKind {
    /** Finished rollouts. */
    ROLLOUTS(true, true),
    /** Steps of rollouts in progress: what the model answered, and what its commands gave. */
    STEPS(true, true),
    GRADES(true, true),
    SUMMARIES(true, true),
    VOTES(true, true),
    /** Refinement contexts under which something was bought. */
    CONTEXTS(true, true),
    /** Trajectories of a corpus, which were read and not bought. */
    CORPUS(true, false),
    /** Schemas that the entries were written with. */
    SCHEMAS(false, true),
    /** What runs have bought. */
    LEDGER(false, true),
    /** Parts of ledgers that could not be read, set aside. */
    DAMAGED(false, true),
    /** Who may buy into the journal now. */
    LEASES(false, false),
    /** Signs of life, stop flags and counts of one start of a run. */
    PROGRESS(false, false),
    /** Tasks and tables that the launcher and the workers of one start hand over to one another. */
    HANDOVER(false, false);

    private final boolean entry;
    private final boolean synced;

    BlobKind(boolean entry, boolean synced) {
        this.entry = entry;
        this.synced = synced;
    }

    /** Whether such blobs are entries: Avro records under a {@link JournalKey}. */
    public boolean isEntry() {
        return entry;
    }

    /** Whether a blob is of a kind that tells what was paid for, which a power cut must not take back. */
    static boolean isSynced(String blobName) {
        return of(blobName).filter(kind -> kind.synced).isPresent();
    }

    /** The folder that such blobs are in. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of the blob of that name; empty for one that this version does not write. */
    static Optional<BlobKind> of(String blobName) {
        for (BlobKind kind : values()) {
            if (blobName.startsWith(kind.folder() + "/")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
