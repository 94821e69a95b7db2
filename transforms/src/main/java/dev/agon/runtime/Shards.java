package dev.agon.runtime;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shares that waiting work is dealt into: one key for each place where the engine works at once. Engines decide by its key
 * where a share goes; those that place keys by a hash need keys that come to a place of their own each.
 *
 * @param keys all different, one or more
 */
public record Shards(List<Integer> keys) implements Serializable {

    public Shards {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException("there must be 1 shard or more, all different, not " + keys);
        }
    }

    /** Shards for an engine that takes whatever share comes next. */
    public static Shards of(int count) {
        return new Shards(IntStream.range(0, count).boxed().collect(Collectors.toList()));
    }
}
