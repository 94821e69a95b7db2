package dev.agon.beam;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

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
}
