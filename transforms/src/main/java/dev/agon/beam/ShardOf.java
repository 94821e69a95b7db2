package dev.agon.beam;

import java.util.zip.CRC32C;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.util.CoderUtils;

/** The shard of an element: a hash of its encoded bytes, so that a retried element goes where it went before. */
final class ShardOf<T> implements SerializableFunction<T, Integer> {

    private static final long serialVersionUID = 1L;

    private final Coder<T> coder;
    private final int shards;

    ShardOf(Coder<T> coder, int shards) {
        this.coder = coder;
        this.shards = shards;
    }

    @Override
    public Integer apply(T element) {
        try {
            CRC32C crc = new CRC32C();
            crc.update(CoderUtils.encodeToByteArray(coder, element));
            return (int) (crc.getValue() % shards);
        } catch (CoderException e) {
            throw new IllegalStateException("an element cannot be encoded: " + e.getMessage(), e);
        }
    }
}
