package dev.agon.runtime;

import dev.agon.journal.BlobKind;
import dev.agon.stores.JournalStore;
import java.io.Serializable;

/**
 * Where the workers of one start of a run leave their counts, in a form that travels to workers: one blob for each worker.
 *
 * @param location folder that all workers and the launcher share, as in {@link JournalStore}
 * @param start name of this start, below that of its run, so that counts of an earlier one are not added
 */
public record ProgressStore(String location, String start) implements Serializable {

    /** All counts together, for whoever watches them. */
    public ProgressTotal watch() {
        return new ProgressTotal(new JournalStore(location).blobs(), folder());
    }

    /** The counts of a worker, from nothing. */
    WorkerProgress ofWorker(String worker) {
        return new WorkerProgress(new JournalStore(location).blobs(), folder() + "/" + worker);
    }

    private String folder() {
        return BlobKind.PROGRESS.folder() + "/" + start;
    }
}
