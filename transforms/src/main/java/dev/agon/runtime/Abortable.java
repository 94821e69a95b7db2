package dev.agon.runtime;

import java.util.HashSet;
import java.util.Set;

/**
 * Work that a cancelled run does not wait for: all threads that are at it are interrupted at once, and no thread begins it any
 * more. Each thread is in one piece of such work at a time.
 */
public final class Abortable {

    private final Set<Thread> working = new HashSet<>();
    private boolean aborted;

    /** Something that may take long and that an interrupt ends. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T call() throws E, InterruptedException;
    }

    /** @throws RunAbortedException when the work was not done, whatever it failed with once it was interrupted */
    public <T, E extends Exception> T call(Work<T, E> work) throws E, InterruptedException {
        enter();
        try {
            return work.call();
        } catch (Exception e) { // what it was interrupted in may report that in its own way
            if (isAborted()) {
                throw new RunAbortedException(e);
            }
            throw e;
        } finally {
            leave();
        }
    }

    synchronized boolean isAborted() {
        return aborted;
    }

    public synchronized void abort() {
        aborted = true;
        working.forEach(Thread::interrupt);
    }

    private synchronized void enter() throws RunAbortedException {
        if (aborted) {
            throw new RunAbortedException(null);
        }
        working.add(Thread.currentThread());
    }

    private synchronized void leave() {
        working.remove(Thread.currentThread());
        if (aborted) {
            Thread.interrupted(); // the thread goes on to tell what became of its element
        }
    }
}
