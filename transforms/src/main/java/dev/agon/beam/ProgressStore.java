package dev.agon.beam;

import dev.agon.journal.Blobs;
import dev.agon.journal.Progress;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the workers of one run leave their counts, in a form that travels to them.
 *
 * @param location folder that all workers and the launcher share, as in {@link JournalStore}
 * @param attempt name of this attempt at the run, so that counts of an earlier one are not added
 */
public record ProgressStore(String location, String attempt) implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressStore.class);
    private static final long PERIOD_MS = 1_000;
    private static final Map<ProgressStore, Progress> OPEN = new ConcurrentHashMap<>();
    private static final ScheduledExecutorService WRITER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    /** The counts of this process, which are written out every second for as long as they change. */
    public Progress open() {
        return OPEN.computeIfAbsent(this, store -> {
            Progress progress = new Progress();
            WRITER.scheduleWithFixedDelay(
                    new Write(new JournalStore(location).blobs(), blobName(), progress),
                    PERIOD_MS,
                    PERIOD_MS,
                    TimeUnit.MILLISECONDS);
            return progress;
        });
    }

    /** The counts of all workers. */
    public Progress total() throws IOException {
        return Progress.total(new JournalStore(location).blobs(), folder());
    }

    private String folder() {
        return "progress/" + attempt;
    }

    private String blobName() {
        return folder() + "/" + WorkerName.of(attempt) + Progress.SUFFIX;
    }

    private static final class Write implements Runnable {

        private final Blobs blobs;
        private final String name;
        private final Progress progress;
        private byte[] written = {};

        Write(Blobs blobs, String name, Progress progress) {
            this.blobs = blobs;
            this.name = name;
            this.progress = progress;
        }

        @Override
        public void run() {
            byte[] now = progress.toBytes();
            if (!Arrays.equals(now, written)) {
                try {
                    blobs.put(name, now);
                    written = now;
                } catch (IOException e) { // progress is only watched; the run goes on without
                    LOG.warn("progress cannot be written to {}: {}", name, e.getMessage());
                }
            }
        }
    }
}
