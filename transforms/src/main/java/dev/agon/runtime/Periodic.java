package dev.agon.runtime;

import java.time.Duration;

/** Something that is to be done once in a while, by a caller that asks more often. For one thread. */
final class Periodic {

    private final long periodNs;
    private long last;

    /** @param now the time, from which on the first period runs */
    Periodic(Duration period, long now) {
        this.periodNs = period.toNanos();
        this.last = now;
    }

    /** Whether it is time again. */
    boolean isDue(long now) {
        if (now - last < periodNs) {
            return false;
        }
        last = now;
        return true;
    }
}
