package dev.agon.model.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a call is tried again: anything up to a second, doubled with each attempt up to a minute, or what the
 * server asks for and up to a tenth more, so that calls which failed together do not come back together.
 *
 * <p>Failsafe's retries would bring their own chance ({@code Math.random}) and their own sleep, which no stop flag ends.
 */
record Backoff(Waiting waiting) {

    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    private static final int DOUBLINGS = 6;
    private static final double SPREAD = 0.1;

    /**
     * @param attempts attempts that have failed, 1 or more
     * @param asked how long the server wants to be left alone
     * @return nanoseconds
     */
    long after(int attempts, Optional<Duration> asked) {
        double chance = waiting.chance();
        if (asked.isPresent()) {
            return (long) (asked.get().toNanos() * (1 + SPREAD * chance));
        }
        return (long) (Math.min(LONGEST, FIRST << Math.min(DOUBLINGS, attempts - 1)) * chance);
    }
}
