package dev.agon.model.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The deadlines of all requests of one run on one worker. One thread looks at all of them every 50 milliseconds, which costs less
 * than waking it for each call. It begins with the first request and ends when this is closed.
 */
final class Deadlines implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 50;

    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService watch;

    /** From now on, the requests of this thread end then at the latest, or when they are to be aborted. */
    Deadline open(Duration after, BooleanSupplier abortRequested) {
        begin();
        Deadline deadline = new Deadline(this, after, abortRequested);
        open.add(deadline);
        return deadline;
    }

    void closed(Deadline deadline) {
        open.remove(deadline);
    }

    private synchronized void begin() {
        if (watch == null) {
            watch = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "model-deadlines");
                thread.setDaemon(true);
                return thread;
            });
            watch.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long now = System.nanoTime();
        open.forEach(deadline -> deadline.look(now));
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }
}
