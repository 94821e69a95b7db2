package dev.agon.beam;

import dev.agon.schemas.Failure;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Works on one shard: reads its elements as permits come free, hands each to a thread, and emits what is finished, always on the
 * engine's thread. The shard is done when the last of its elements is. A bug in the work, or a cancelled run, ends the others.
 */
final class WorkOnShard<I, O> extends DoFn<KV<Integer, Iterable<I>>, O> {

    private static final long serialVersionUID = 1L;

    /** How long to wait for a permit before looking again whether something can be emitted. */
    private static final long PATIENCE_MS = 20;

    private final ConcurrentWork<I, O> work;
    private final InFlightLimit limit;
    private final TupleTag<O> outputs;
    private final TupleTag<Failure> failures;
    private transient ExecutorService threads;

    WorkOnShard(ConcurrentWork<I, O> work, InFlightLimit limit, TupleTag<O> outputs, TupleTag<Failure> failures) {
        this.work = work;
        this.limit = limit;
        this.outputs = outputs;
        this.failures = failures;
    }

    @Setup
    public void setup() throws Exception {
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, limit.name());
            thread.setDaemon(true);
            return thread;
        });
        work.open();
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<I>> shard, MultiOutputReceiver receiver) throws Exception {
        Semaphore permits = limit.permits();
        BlockingQueue<CompletableFuture<O>> finished = new LinkedBlockingQueue<>();
        Set<Future<?>> running = new HashSet<>();
        int inFlight = 0;
        try {
            for (I element : shard.getValue()) {
                while (!permits.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                    inFlight -= emitReady(finished, receiver);
                }
                inFlight -= emitReady(finished, receiver);
                inFlight++;
                running.removeIf(Future::isDone);
                running.add(threads.submit(() -> {
                    try {
                        finished.add(outcome(element));
                    } finally {
                        permits.release();
                    }
                }));
            }
            while (inFlight > 0) {
                emit(finished.take(), receiver);
                inFlight--;
            }
        } finally {
            running.forEach(task -> task.cancel(true));
        }
    }

    @Teardown
    public void teardown() throws Exception {
        threads.shutdownNow();
        work.close();
    }

    /** The result or the exception of one element; never throws, so that the shard's count stays right. */
    private CompletableFuture<O> outcome(I element) {
        try {
            return CompletableFuture.completedFuture(work.apply(element));
        } catch (Throwable failure) { // handed to the engine's thread, which tells failures of elements from bugs
            return CompletableFuture.failedFuture(failure);
        }
    }

    private int emitReady(BlockingQueue<CompletableFuture<O>> finished, MultiOutputReceiver receiver) throws Exception {
        int emitted = 0;
        for (CompletableFuture<O> next = finished.poll(); next != null; next = finished.poll()) {
            emit(next, receiver);
            emitted++;
        }
        return emitted;
    }

    private void emit(CompletableFuture<O> result, MultiOutputReceiver receiver) throws Exception {
        Throwable failure = result.handle((value, thrown) -> thrown).join();
        if (failure == null) {
            receiver.get(outputs).output(result.join());
        } else if (failure instanceof ElementFailedException) {
            receiver.get(failures).output(((ElementFailedException) failure).failure());
        } else if (failure instanceof Exception) {
            throw (Exception) failure;
        } else {
            throw (Error) failure;
        }
    }
}
