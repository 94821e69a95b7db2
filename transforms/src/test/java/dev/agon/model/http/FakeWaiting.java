package dev.agon.model.http;

import java.time.Duration;
import java.time.Instant;

/** Time that passes only while somebody sleeps, and chance that is always the same. */
final class FakeWaiting implements Waiting {

    static final Instant START = Instant.parse("2030-01-02T03:04:05Z");

    /** What others do meanwhile. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws Exception;
    }

    private final double chance;
    private Meanwhile meanwhile = () -> {};
    private long nanos;

    FakeWaiting(double chance) {
        this.chance = chance;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public double chance() {
        return chance;
    }

    @Override
    public void sleep(long slept) {
        synchronized (this) {
            nanos += slept;
        }
        try {
            meanwhile.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void whileAsleep(Meanwhile does) {
        meanwhile = does;
    }

    /** How long everybody has slept. */
    synchronized Duration slept() {
        return Duration.ofNanos(nanos);
    }
}
