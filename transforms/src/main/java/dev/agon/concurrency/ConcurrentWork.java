package dev.agon.concurrency;

import dev.agon.journal.Progress;
import java.io.Serializable;

/**
 * What {@link MapConcurrently} does with one element: something that waits on the outside (a model, a sandbox).
 *
 * <p>The work itself holds only configuration and is serialised; connections are made in {@link #open} and serve all threads of
 * one worker's instance. {@link #apply} is called by many threads at once.
 *
 * @param <I> element in
 * @param <O> element out
 */
public interface ConcurrentWork<I, O> extends Serializable {

    /** Connects what {@link #apply} needs; called once for each instance, before any element. */
    void open() throws Exception;

    /**
     * Does the work for one element. An {@link ElementFailedException} is this element's failure; any other exception is a bug
     * or a dead store and ends the run.
     */
    O apply(I element) throws ElementFailedException, InterruptedException;

    /** Id of an element, which stands in the log lines of whatever works on it. */
    String idOf(I element);

    /** Counts an element that is done, for those who watch the run. Failures of elements are counted for it. */
    void count(O done, Progress progress);

    /** Ends what {@link #open} began. */
    void close() throws Exception;
}
