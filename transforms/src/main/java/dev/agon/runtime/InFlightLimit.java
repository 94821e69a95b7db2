package dev.agon.runtime;

import java.io.Serializable;

/**
 * How many elements a worker may have in flight under one name. All steps of a run that name the same limit share its
 * {@link Permits}.
 *
 * @param name what is limited, such as {@code rollouts}
 * @param inFlight most elements at once in one worker
 */
public record InFlightLimit(String name, int inFlight) implements Serializable {

    public InFlightLimit {
        if (inFlight < 1) {
            throw new IllegalArgumentException("concurrency of " + name + " must be 1 or more, not " + inFlight);
        }
    }
}
