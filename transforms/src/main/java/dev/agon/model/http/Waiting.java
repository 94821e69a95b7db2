package dev.agon.model.http;

import java.time.Clock;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance for clients: the clock, the waiting, and the random part of a wait. */
interface Waiting {

    /** Nanoseconds of a clock that only goes forward. */
    long nanos();

    /** The time of day, which servers name in their headers. */
    Instant now();

    /** A number from 0 to below 1. */
    double chance();

    void sleep(long nanos) throws InterruptedException;

    /** The machine's time. Chance differs between processes, so that workers which failed together do not return together. */
    final class Real implements Waiting {

        private final Clock clock = Clock.systemUTC();
        private final SplittableRandom random = new SplittableRandom();

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public synchronized double chance() {
            return random.nextDouble();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }
}
