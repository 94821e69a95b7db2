package dev.agon.model.http;

import java.util.concurrent.TimeUnit;

/**
 * Spreads requests or tokens evenly over time: a token bucket that holds one second's worth.
 *
 * <p>Each call books its amount and learns how long to wait. So calls go in the order of their bookings. A call that needs more than
 * the bucket holds waits until that much is free.
 *
 * <p>Failsafe's limiter cannot correct a booking, has no bucket in its smooth form, and reads the clock itself.
 */
final class RateLimit {

    private static final double MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final double BUCKET = TimeUnit.SECONDS.toNanos(1);

    private final double nanosEach;
    private boolean used;
    private double free;

    /** @param perMinute how many a minute; 0 for no limit */
    RateLimit(double perMinute) {
        this.nanosEach = perMinute > 0 ? MINUTE / perMinute : 0;
    }

    /** Books an amount. Out: nanoseconds until it may be spent. */
    synchronized long book(long amount, long now) {
        double earliest = now - BUCKET;
        double start = used ? Math.max(free, earliest) : earliest;
        used = true;
        free = start + amount * nanosEach;
        return (long) Math.ceil(Math.max(0, start - now));
    }

    /** Corrects a booking: the call has spent another amount. */
    synchronized void correct(long booked, long spent) {
        free += (spent - booked) * nanosEach;
    }
}
