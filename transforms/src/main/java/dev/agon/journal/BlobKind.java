package dev.agon.journal;

import java.util.Locale;
import java.util.Optional;

/**
 * What a blob of a journal's store is, which is the first part of its name. Whoever writes a new kind of blob names it here; then
 * {@code agon journal} knows it.
 */
public enum BlobKind {
    /** Finished rollouts. */
    ROLLOUTS(true),
    /** Steps of rollouts in progress: what the model answered, and what its commands gave. */
    STEPS(true),
    GRADES(true),
    SUMMARIES(true),
    VOTES(true),
    /** Refinement contexts under which something was bought. */
    CONTEXTS(true),
    /** Trajectories of a corpus, which were read and not bought. */
    CORPUS(true),
    /** Schemas that the entries were written with. */
    SCHEMAS(false),
    /** What runs have bought. */
    LEDGER(false),
    /** Signs of life, stop flags and counts of one start of a run. */
    PROGRESS(false),
    /** Tasks and tables that the launcher and the workers of one start hand over to one another. */
    HANDOVER(false);

    private final boolean entry;

    BlobKind(boolean entry) {
        this.entry = entry;
    }

    /** Whether such blobs are entries: Avro records under a {@link JournalKey}. */
    public boolean isEntry() {
        return entry;
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
