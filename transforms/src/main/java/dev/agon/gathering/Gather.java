package dev.agon.gathering;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Brings the elements of each task together, as a round of a tournament and a refinement context need them.
 *
 * <p>In: elements of any number of tasks, in any order. Out: for each task one list of its elements, sorted, so that it is the same
 * however the engine bundled them. A grouped combine: sorted parts are merged, on the way where an engine combines early. More
 * elements of one task than there can be are a bug, and end the run.
 */
public final class Gather<T> extends PTransform<PCollection<T>, PCollection<KV<String, List<T>>>> {

    private final SerializableFunction<T, String> task;
    private final Sorted<T> sorted;

    private Gather(SerializableFunction<T, String> task, Sorted<T> sorted) {
        this.task = task;
        this.sorted = sorted;
    }

    /** An order that travels to workers; it leaves no two elements of one task equal. */
    public interface Order<T> extends Comparator<T>, Serializable {}

    /**
     * @param task id of an element's task
     * @param order order of the list
     * @param atMost most elements of one task
     */
    public static <T> Gather<T> byTask(SerializableFunction<T, String> task, Order<T> order, int atMost) {
        return new Gather<>(task, new Sorted<>(order, atMost));
    }

    @Override
    public PCollection<KV<String, List<T>>> expand(PCollection<T> elements) {
        return elements.apply("ByTask", WithKeys.of(task).withKeyType(TypeDescriptors.strings()))
                .apply("Gather", Combine.perKey(sorted));
    }

    /** The combine: a sorted list, of a bounded length. */
    static final class Sorted<T> extends CombineFn<T, List<T>, List<T>> {

        private final Order<T> order;
        private final int atMost;

        Sorted(Order<T> order, int atMost) {
            this.order = order;
            this.atMost = atMost;
        }

        @Override
        public List<T> createAccumulator() {
            return new ArrayList<>();
        }

        @Override
        public List<T> addInput(List<T> sorted, T element) {
            int at = sorted.size();
            while (at > 0 && order.compare(sorted.get(at - 1), element) > 0) {
                at--;
            }
            sorted.add(at, element);
            return bounded(sorted);
        }

        @Override
        public List<T> mergeAccumulators(Iterable<List<T>> parts) {
            List<T> merged = new ArrayList<>();
            parts.forEach(merged::addAll);
            merged.sort(order); // runs that are sorted already are merged
            return bounded(merged);
        }

        @Override
        public List<T> extractOutput(List<T> sorted) {
            return sorted;
        }

        @Override
        public Coder<List<T>> getAccumulatorCoder(CoderRegistry registry, Coder<T> element) {
            return ListCoder.of(element);
        }

        @Override
        public Coder<List<T>> getDefaultOutputCoder(CoderRegistry registry, Coder<T> element) {
            return ListCoder.of(element);
        }

        private List<T> bounded(List<T> list) {
            if (list.size() > atMost) {
                throw new IllegalStateException(
                        "a task has " + list.size() + " elements where it can have " + atMost + " at most");
            }
            return list;
        }
    }
}
