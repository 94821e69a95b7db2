package dev.agon.concurrency;

import dev.agon.schemas.Failure;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Maps elements by work that waits on something outside, with a bounded number of them in flight in each worker.
 *
 * <p>In: any elements. Out: one output or one {@link Failure} for each. The elements are dealt into as many shards as the
 * engine has places to work at, so that each place gets one share however the engine bundles, and each share is worked on by many
 * threads; only the engine's own thread emits. The shards also break fusion: what was computed before is not computed again
 * when an engine retries a share.
 */
public final class MapConcurrently<I, O> extends PTransform<PCollection<I>, WithFailures<O>> {

    private static final long serialVersionUID = 1L;

    private final ConcurrentWork<I, O> work;
    private final Class<O> outputType;
    private final Spread spread;

    private MapConcurrently(ConcurrentWork<I, O> work, Class<O> outputType, Spread spread) {
        this.work = work;
        this.outputType = outputType;
        this.spread = spread;
    }

    /**
     * @param work what is done with each element
     * @param outputType its result, whose coder the pipeline knows
     * @param spread how many in flight, over which shares
     */
    public static <I, O> MapConcurrently<I, O> of(ConcurrentWork<I, O> work, Class<O> outputType, Spread spread) {
        return new MapConcurrently<>(work, outputType, spread);
    }

    @Override
    public WithFailures<O> expand(PCollection<I> input) {
        TupleTag<O> outputs = new TupleTag<>("outputs");
        TupleTag<Failure> failures = new TupleTag<>("failures");
        Encoded<I> encoded = new Encoded<>(input.getCoder());
        PCollectionTuple results = input.apply("Deal", ParDo.of(new DealIntoShards<>(spread.shards(), encoded)))
                .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
                .apply("Gather", GroupByKey.create())
                .apply(
                        "Work",
                        ParDo.of(new WorkOnShard<>(encoded, work, spread, input.getName(), outputs, failures))
                                .withOutputTags(outputs, TupleTagList.of(failures)));
        return new WithFailures<>(
                results.get(outputs).setCoder(coderOf(input, outputType)),
                results.get(failures).setCoder(coderOf(input, Failure.class)));
    }

    private static <T> Coder<T> coderOf(PCollection<?> input, Class<T> type) {
        try {
            return input.getPipeline().getCoderRegistry().getCoder(type);
        } catch (CannotProvideCoderException e) {
            throw new IllegalStateException(type + " is no record of the schemas and has no coder", e);
        }
    }
}
