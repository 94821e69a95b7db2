package dev.agon.model.http;

import java.time.Clock;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The machine's time. Chance differs between processes, so that workers which failed together do not return together. */
final class RealWaiting implements Waiting {

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
