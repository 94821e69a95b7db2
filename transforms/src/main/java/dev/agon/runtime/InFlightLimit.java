package dev.agon.runtime;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many elements a worker may have in flight under one name. All instances and steps of one process that name the same limit
 * share it.
 *
 * @param name what is limited, such as {@code rollouts}
 * @param inFlight most elements at once in one process
 */
public record InFlightLimit(String name, int inFlight) implements Serializable {

    private static final Map<InFlightLimit, Semaphore> PERMITS = new ConcurrentHashMap<>();

    public InFlightLimit {
        if (inFlight < 1) {
            throw new IllegalArgumentException("concurrency of " + name + " must be 1 or more, not " + inFlight);
        }
    }

    /** The permits, one for each element that may be in flight. */
    public Semaphore permits() {
        return PERMITS.computeIfAbsent(this, limit -> new Semaphore(limit.inFlight()));
    }

    /** Waits for a permit, and holds it until that is closed. */
    public Permit acquire() throws InterruptedException {
        Semaphore permits = permits();
        permits.acquire();
        return new Permit(permits);
    }

    /** Leave for one element to be in flight. Closing it again does nothing. */
    public static final class Permit implements AutoCloseable {

        private final Semaphore permits;
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Permit(Semaphore permits) {
            this.permits = permits;
        }

        @Override
        public void close() {
            if (held.getAndSet(false)) {
                permits.release();
            }
        }
    }
}
