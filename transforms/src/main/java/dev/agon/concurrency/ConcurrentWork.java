package dev.agon.concurrency;

import dev.agon.journal.Progress;
import dev.agon.runtime.Worker;
import dev.agon.schemas.Failure;
import java.io.Serializable;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;

/**
 * What {@link MapConcurrently} does with one element: something that waits on the outside (a model, a sandbox).
 *
 * <p>The work itself holds only configuration and is serialised. What it opens belongs to the worker and ends with the run there.
 * {@link #apply} is called by many threads at once, all else by one.
 *
 * @param <I> element in
 * @param <O> what the work on one element gives; it does not travel, so it needs no coder
 */
public interface ConcurrentWork<I, O> extends Serializable {

    /** Connects what {@link #apply} needs; called once for each instance, before any element. */
    void open(Worker worker) throws Exception;

    /**
     * Does the work for one element. An {@link ElementFailedException} is this element's failure, and so is a bug. A dead store
     * ends the run.
     */
    O apply(I element) throws ElementFailedException, InterruptedException;

    /** Gives out what came of one element: rows, failures, and what goes on. */
    void emit(O done, MultiOutputReceiver out);

    /** The failure of an element, as far as it is the same whatever went wrong: its step, id and task. */
    Failure.Builder failureOf(I element);

    /** What goes on in place of an element that met a bug, with its failure; nothing where no other element waits for it. */
    default Optional<O> inPlaceOf(I element, Failure failure) {
        return Optional.empty();
    }

    /** Counts an element that is done, for those who watch the run. Failures of elements are counted for it. */
    void count(O done, Progress progress);
}
