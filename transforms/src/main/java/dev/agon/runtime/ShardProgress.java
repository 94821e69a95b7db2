package dev.agon.runtime;

import dev.agon.journal.Blobs;
import dev.agon.journal.Progress;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one share of one step has done so far, written to a blob of its own, at most once a second, and at its end. When an engine
 * works on the share again, the count starts again in the same place, so that nothing is counted twice. For one thread.
 */
public final class ShardProgress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShardProgress.class);
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    private final Blobs blobs;
    private final String name;
    private final Progress progress = new Progress();
    private long written = System.nanoTime();

    ShardProgress(Blobs blobs, String name) {
        this.blobs = blobs;
        this.name = name;
    }

    /** The counts, to be added to. */
    public Progress progress() {
        return progress;
    }

    /** Writes the counts out unless that was done less than a second ago. */
    public void show() {
        if (System.nanoTime() - written >= PERIOD_NS) {
            write();
        }
    }

    @Override
    public void close() {
        write();
    }

    private void write() {
        try {
            blobs.put(name, progress.toBytes());
        } catch (IOException e) { // progress is only watched; the run goes on without
            LOG.warn("progress cannot be written to {}: {}", name, e.getMessage());
        }
        written = System.nanoTime();
    }
}
