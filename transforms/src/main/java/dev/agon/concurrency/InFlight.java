package dev.agon.concurrency;

import dev.agon.runtime.Abortable;
import dev.agon.runtime.Permits.Permit;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

/**
 * The elements of one shard that are in flight. Each holds its permit until its thread is done with it, however that ends. Closing
 * this interrupts those that are worked on; those that were not begun are not begun any more. Started, taken and closed by one
 * thread.
 */
final class InFlight<O> implements AutoCloseable {

    private final Executor threads;
    private final Abortable abortable = new Abortable();
    private final BlockingQueue<CompletableFuture<O>> finished = new LinkedBlockingQueue<>();
    private int count;

    InFlight(Executor threads) {
        this.threads = threads;
    }

    /** Gives an element to a thread, and the permit with it. */
    void start(Permit permit, Callable<O> work) {
        try {
            threads.execute(() -> {
                try (permit) {
                    finished.add(outcome(work));
                }
            });
            count++;
        } catch (RejectedExecutionException e) {
            permit.close();
            throw e;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** A result or failure that is there already. */
    Optional<CompletableFuture<O>> poll() {
        return taken(finished.poll());
    }

    /** Waits for the next result or failure. */
    CompletableFuture<O> take() throws InterruptedException {
        return taken(finished.take()).orElseThrow();
    }

    private Optional<CompletableFuture<O>> taken(CompletableFuture<O> next) {
        if (next != null) {
            count--;
        }
        return Optional.ofNullable(next);
    }

    private CompletableFuture<O> outcome(Callable<O> work) {
        try {
            return CompletableFuture.completedFuture(abortable.call(work::call));
        } catch (Throwable failure) { // handed to the engine's thread, which tells failures of elements from bugs
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public void close() {
        abortable.abort();
    }
}
