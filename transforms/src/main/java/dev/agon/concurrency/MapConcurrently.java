package dev.agon.concurrency;

import dev.agon.gathering.Encoded;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Shards;
import dev.agon.schemas.Failure;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Maps elements by work that waits on something outside, with a bounded number of them in flight in each worker.
 *
 * <p>In: any elements. Out: under each tag of the work what it emits there, and one {@link Failure} under {@link #FAILURES} for
 * each element that failed. The elements are dealt into as many shards as the engine has places to work at, so that each place
 * gets one share however the engine bundles. Each share is worked on by many threads; only the engine's own thread emits. The
 * shards also break fusion: what was computed before is not computed again when an engine retries a share.
 */
public final class MapConcurrently<I, M> extends PTransform<PCollection<I>, PCollectionTuple> {

    /** The elements that failed. */
    public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

    private final ConcurrentWork<I, ?> work;
    private final RunScope scope;
    private final InFlightLimit limit;
    private final TupleTag<M> main;
    private final TupleTagList others;

    private MapConcurrently(
            ConcurrentWork<I, ?> work, RunScope scope, InFlightLimit limit, TupleTag<M> main, TupleTagList others) {
        this.work = work;
        this.scope = scope;
        this.limit = limit;
        this.main = main;
        this.others = others;
    }

    /**
     * @param work what is done with each element
     * @param scope the run
     * @param limit how many in flight in one worker
     * @param main one tag that the work emits to
     * @param others the other tags, of records of the schemas, whose coders the pipeline knows
     */
    public static <I, M> MapConcurrently<I, M> of(
            ConcurrentWork<I, ?> work, RunScope scope, InFlightLimit limit, TupleTag<M> main, TupleTag<?>... others) {
        TupleTagList all = TupleTagList.of(FAILURES);
        for (TupleTag<?> tag : others) {
            all = all.and(tag);
        }
        return new MapConcurrently<>(work, scope, limit, main, all);
    }

    @Override
    public PCollectionTuple expand(PCollection<I> input) {
        Encoded<I> encoded = new Encoded<>(input.getCoder());
        return input.apply("Deal", ParDo.of(new DealIntoShards<>(scope.shards(), encoded)))
                .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
                .apply("Gather", GroupByKey.create())
                .apply("Work", worked(encoded, work, input.getName()));
    }

    private <O> ParDo.MultiOutput<KV<Integer, Iterable<byte[]>>, M> worked(
            Encoded<I> encoded, ConcurrentWork<I, O> concurrent, String input) {
        return ParDo.of(new WorkOnShard<I, O, M>(encoded, concurrent, scope, limit, input))
                .withOutputTags(main, others);
    }

    /**
     * Deals elements to the shards in turn, so that shares differ by one element for each instance that deals, however few elements
     * there are: a hash would give 512 elements of two shards 256 give or take a dozen, and all would wait for the larger share.
     */
    private static final class DealIntoShards<I> extends DoFn<I, KV<Integer, byte[]>> {

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
}
