package dev.agon.concurrency;

import dev.agon.gathering.Encoded;
import dev.agon.runtime.Shards;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Deals elements to the shards in turn, so that shares differ by one element for each instance that deals, however few elements
 * there are: a hash would give 512 elements of two shards 256 give or take a dozen, and all would wait for the larger share.
 */
final class DealIntoShards<I> extends DoFn<I, KV<Integer, byte[]>> {

    private final Shards shards;
    private final Encoded<I> encoded;
    private transient int next;

    DealIntoShards(Shards shards, Encoded<I> encoded) {
        this.shards = shards;
        this.encoded = encoded;
    }

    @ProcessElement
    public void process(@Element I element, OutputReceiver<KV<Integer, byte[]>> out) {
        List<Integer> keys = shards.keys();
        out.output(KV.of(keys.get(next), encoded.encode(element)));
        next = (next + 1) % keys.size();
    }
}
