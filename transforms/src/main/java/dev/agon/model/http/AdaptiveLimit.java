package dev.agon.model.http;

import dev.agon.model.ModelWorker.Events;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How many calls may be on the wire at once. It adapts to the server: a sign of overload multiplies the limit by 0.7, and as many
 * successes as the limit raise it by one, up to the configured limit.
 *
 * <p>Calls that began before the limit fell do not lower it again, since they say nothing about the new limit. The call that has
 * waited longest goes first. A waiting call checks the stop flag every second.
 *
 * <p>Netflix's concurrency-limits has no such limit. There, calls that fail together each lower it, and every success raises it. Its
 * blocking limiter has neither an order nor a stop flag.
 */
final class AdaptiveLimit {

    private static final double DECREASE = 0.7;
    private static final long LOOK_EVERY_MS = 1000;

    private final int most;
    private final Deque<CountDownLatch> queue = new ArrayDeque<>();
    private int limit;
    private int used;
    private int successes;
    private boolean lowered;
    private long loweredAt;

    AdaptiveLimit(int most) {
        this.most = Math.max(1, most);
        this.limit = this.most;
    }

    /** Waits for a permit, which {@link #release} returns. */
    void acquire(BooleanSupplier stopRequested) throws InterruptedException, StoppedException {
        CountDownLatch turn = new CountDownLatch(1);
        enqueue(turn);
        boolean taken = false;
        try {
            while (!turn.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                if (stopRequested.getAsBoolean()) {
                    throw new StoppedException();
                }
            }
            taken = true;
        } finally {
            if (!taken) {
                leave(turn);
            }
        }
    }

    private synchronized void enqueue(CountDownLatch turn) {
        queue.add(turn);
        admit();
    }

    private synchronized void leave(CountDownLatch turn) {
        if (!queue.remove(turn)) {
            release();
        }
    }

    synchronized void release() {
        used--;
        admit();
    }

    private void admit() {
        while (used < limit && !queue.isEmpty()) {
            used++;
            queue.remove().countDown();
        }
    }

    synchronized void succeeded(Events events) {
        if (limit < most && ++successes >= limit) {
            change(limit + 1, events);
            admit();
        }
    }

    /**
     * @param started when the overloaded call began
     * @param now the time on the same clock
     */
    synchronized void overloaded(long started, long now, Events events) {
        if (lowered && started - loweredAt < 0) {
            return;
        }
        lowered = true;
        loweredAt = now;
        change(Math.max(1, (int) (limit * DECREASE)), events);
    }

    private void change(int to, Events events) {
        int before = limit;
        limit = to;
        successes = 0;
        if (to != before) {
            events.inFlightLimit(before, to);
        }
    }

    synchronized int limit() {
        return limit;
    }

    /** Number of calls that wait for a permit. */
    synchronized int waiting() {
        return queue.size();
    }
}
