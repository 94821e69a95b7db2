package dev.agon.model.http;

import java.time.Instant;

/** Time and chance as clients need them: what is late, how long to wait, and how much of a wait to leave to chance. */
interface Waiting {

    /** Nanoseconds of a clock that only goes forward. */
    long nanos();

    /** The time of day, which servers name in their headers. */
    Instant now();

    /** A number from 0 to below 1. */
    double chance();

    void sleep(long nanos) throws InterruptedException;
}
