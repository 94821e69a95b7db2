package dev.agon.model.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a call is tried again. The wait is random, so that calls which failed together do not come back together:
 * up to a second after the first try, twice as much after each further try, and a minute at most. If the server asks for a wait, it
 * is that wait and up to a tenth more.
 *
 * <p>Failsafe's retries would use {@code Math.random}, and a sleep that no stop flag ends.
 */
record Backoff(Waiting waiting) {

    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    private static final int DOUBLINGS = 6;
    private static final double SPREAD = 0.1;

    /**
     * @param tries tries that have failed, 1 or more
     * @param asked how long the server wants to be left alone
     * @return nanoseconds
     */
    long after(int tries, Optional<Duration> asked) {
        double chance = waiting.chance();
        if (asked.isPresent()) {
            return (long) (asked.get().toNanos() * (1 + SPREAD * chance));
        }
        return (long) (Math.min(LONGEST, FIRST << Math.min(DOUBLINGS, tries - 1)) * chance);
    }
}
