package dev.agon.runtime;

import dev.agon.journal.Progress;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where one attempt at a run leaves its counts, in a form that travels to workers: one blob for each worker and one for each share
 * of each step.
 *
 * @param location folder that all workers and the launcher share, as in {@link JournalStore}
 * @param attempt name of this attempt at the run, so that counts of an earlier one are not added
 */
public record ProgressStore(String location, String attempt) implements Serializable {

    /** All counts together. */
    public Progress total() throws IOException {
        return Progress.total(new JournalStore(location).blobs(), folder());
    }

    /** The counts of one share of one step, from nothing. */
    public ShardProgress ofShard(String shard) {
        return new ShardProgress(
                new JournalStore(location).blobs(), folder() + "/" + shard.replace('/', '-') + Progress.SUFFIX);
    }

    /** Writes the counts of a worker. */
    void write(String worker, Progress progress) throws IOException {
        new JournalStore(location).blobs().put(folder() + "/" + worker + Progress.SUFFIX, progress.toBytes());
    }

    private String folder() {
        return "progress/" + attempt;
    }
}
