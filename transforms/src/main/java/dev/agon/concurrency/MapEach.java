package dev.agon.concurrency;

import dev.agon.schemas.Failure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Maps elements by work that waits for nothing outside. A bug is the failure of its element, and does not end the run.
 *
 * <p>In: any elements. Out: under each tag of the work what it gives there, and one {@link Failure} under
 * {@link MapConcurrently#FAILURES} for each element with a bug. What such an element gave before its bug does not go on.
 */
public final class MapEach<I, M> extends PTransform<PCollection<I>, PCollectionTuple> {

    private final Work<I> work;
    private final SerializableFunction<I, Failure.Builder> failureOf;
    private final TupleTag<M> main;
    private final TupleTagList others;

    private MapEach(
            Work<I> work, SerializableFunction<I, Failure.Builder> failureOf, TupleTag<M> main, TupleTagList others) {
        this.work = work;
        this.failureOf = failureOf;
        this.main = main;
        this.others = others;
    }

    /** What is done with each element. It is serialised. */
    @FunctionalInterface
    public interface Work<I> extends Serializable {

        void apply(I element, Outputs out);

        /** Connects what {@link #apply} needs; called once for each instance, before any element. */
        default void open() {}

        /** What goes on with the failure of an element that met a bug; nothing where others can do without. */
        default void giveInPlaceOf(I element, Outputs out) {}
    }

    /** Takes what the work gives for one element. It goes on when the work is done: a bug further on is not this element's. */
    public static final class Outputs {

        private final List<Consumer<MultiOutputReceiver>> given = new ArrayList<>();

        public <T> void give(TupleTag<T> tag, T value) {
            given.add(receiver -> receiver.get(tag).output(value));
        }
    }

    /**
     * @param work what is done with each element
     * @param failureOf the failure of an element, as far as it is the same whatever went wrong
     * @param main one tag that the work gives to
     * @param others the other tags, of records of the schemas, whose coders the pipeline knows
     */
    public static <I, M> MapEach<I, M> of(
            Work<I> work, SerializableFunction<I, Failure.Builder> failureOf, TupleTag<M> main, TupleTag<?>... others) {
        TupleTagList all = TupleTagList.of(MapConcurrently.FAILURES);
        for (TupleTag<?> tag : others) {
            all = all.and(tag);
        }
        return new MapEach<>(work, failureOf, main, all);
    }

    /** The failure of a whole task in a step. */
    public static Failure.Builder ofTask(String step, String taskId) {
        return Failure.newBuilder().setStep(step).setElementId(taskId).setTaskId(taskId);
    }

    @Override
    public PCollectionTuple expand(PCollection<I> elements) {
        return elements.apply("Each", ParDo.of(new Each<I, M>(work, failureOf)).withOutputTags(main, others));
    }

    private static final class Each<I, M> extends DoFn<I, M> {

        private final Work<I> work;
        private final SerializableFunction<I, Failure.Builder> failureOf;

        Each(Work<I> work, SerializableFunction<I, Failure.Builder> failureOf) {
            this.work = work;
            this.failureOf = failureOf;
        }

        @Setup
        public void setup() {
            work.open();
        }

        @ProcessElement
        public void process(@Element I element, MultiOutputReceiver receiver) {
            Outputs out = new Outputs();
            try {
                work.apply(element, out);
            } catch (RuntimeException | Error bug) {
                out.given.clear();
                out.give(
                        MapConcurrently.FAILURES,
                        ElementFailedException.ofBug(failureOf.apply(element), bug)
                                .failure());
                work.giveInPlaceOf(element, out);
            }
            out.given.forEach(output -> output.accept(receiver));
        }
    }
}
