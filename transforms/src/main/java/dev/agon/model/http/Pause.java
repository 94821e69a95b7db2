package dev.agon.model.http;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for a time, or until the run is stopped.
 *
 * @param stopRequested whether the run must stop; it is asked several times a second
 */
record Pause(Waiting waiting, BooleanSupplier stopRequested) {

    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

    /** @param nanos how long; 0 or less only checks whether the run is stopped */
    void during(long nanos) throws InterruptedException, StoppedException {
        long end = waiting.nanos() + nanos;
        while (true) {
            if (stopRequested.getAsBoolean()) {
                throw new StoppedException();
            }
            long left = end - waiting.nanos();
            if (left <= 0) {
                return;
            }
            waiting.sleep(Math.min(left, LOOK_EVERY));
        }
    }
}
