package dev.agon.beam;

import java.io.Serializable;

/**
 * How work that waits is spread.
 *
 * @param limit most elements in flight in one worker
 * @param shards shares that the elements are dealt into; as many as the engine runs at once
 */
public record Spread(InFlightLimit limit, int shards) implements Serializable {

    public Spread {
        if (shards < 1) {
            throw new IllegalArgumentException("there must be 1 shard or more, not " + shards);
        }
    }
}
