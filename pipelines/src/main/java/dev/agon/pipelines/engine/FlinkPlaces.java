package dev.agon.pipelines.engine;

import dev.agon.runtime.Shards;
import java.util.Arrays;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.flink.util.MathUtils;

/**
 * Shards for Flink, which sends a key to the subtask that the hash of its encoded bytes names: of as many keys as there are
 * subtasks, taken in turn, some subtasks get two and others none, and then one share is worked on after the other while a worker
 * is idle. So the first key is taken that comes to each subtask.
 */
final class FlinkPlaces {

    private FlinkPlaces() {}

    static Shards shards(int parallelism) {
        Integer[] keys = new Integer[parallelism];
        int found = 0;
        for (int key = 0; found < parallelism; key++) {
            int place = place(key, parallelism);
            if (keys[place] == null) {
                keys[place] = key;
                found++;
            }
        }
        return new Shards(Arrays.asList(keys));
    }

    /** The subtask to which the hash partitioning of Flink's batch engine sends a key as Beam encodes it. */
    static int place(int key, int parallelism) {
        try {
            byte[] encoded = CoderUtils.encodeToByteArray(VarIntCoder.of(), key);
            return MathUtils.murmurHash(Arrays.hashCode(encoded)) % parallelism;
        } catch (CoderException e) {
            throw new IllegalStateException("an integer can always be encoded", e);
        }
    }
}
