package dev.agon.concurrency;

import dev.agon.journal.Progress.Counter;
import dev.agon.runtime.ShardProgress;
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
import org.slf4j.MDC;

/**
 * Works on one shard: reads its elements as permits come free, hands each to a thread, and emits what is finished, always on the
 * engine's thread. The shard is done when the last of its elements is. A bug in the work, or a cancelled job, ends the others.
 */
final class WorkOnShard<I, O> extends DoFn<KV<Integer, Iterable<byte[]>>, O> {

    private static final long serialVersionUID = 1L;

    /** Under this name the id of the element that a thread works on stands in its log lines. */
    private static final String LOGGED_AS = "element";

    /** How long to wait for a permit before looking again whether something can be emitted. */
    private static final long PATIENCE_MS = 20;

    private final Encoded<I> encoded;
    private final ConcurrentWork<I, O> work;
    private final Spread spread;
    private final String input;
    private final TupleTag<O> outputs;
    private final TupleTag<Failure> failures;
    private transient ExecutorService threads;

    /**
     * @param encoded how elements were encoded
     * @param work what is done with each
     * @param input name of the elements that are worked on, which no other elements of the run have */
    WorkOnShard(
            Encoded<I> encoded,
            ConcurrentWork<I, O> work,
            Spread spread,
            String input,
            TupleTag<O> outputs,
            TupleTag<Failure> failures) {
        this.encoded = encoded;
        this.work = work;
        this.spread = spread;
        this.input = input;
        this.outputs = outputs;
        this.failures = failures;
    }

    @Setup
    public void setup() throws Exception {
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, spread.limit().name());
            thread.setDaemon(true);
            return thread;
        });
        work.open();
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver receiver) throws Exception {
        Semaphore permits = spread.limit().permits();
        BlockingQueue<CompletableFuture<O>> finished = new LinkedBlockingQueue<>();
        Set<Future<?>> running = new HashSet<>();
        int inFlight = 0;
        try (ShardProgress done = spread.progress().ofShard(input + "-" + shard.getKey())) {
            for (byte[] element : shard.getValue()) {
                while (!permits.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                    inFlight -= emitReady(finished, receiver, done);
                }
                inFlight -= emitReady(finished, receiver, done);
                inFlight++;
                running.removeIf(Future::isDone);
                running.add(threads.submit(() -> {
                    try {
                        finished.add(outcome(encoded.decode(element)));
                    } finally {
                        permits.release();
                    }
                }));
            }
            while (inFlight > 0) {
                emit(finished.take(), receiver, done);
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
        try (MDC.MDCCloseable logged = MDC.putCloseable(LOGGED_AS, work.idOf(element))) {
            return CompletableFuture.completedFuture(work.apply(element));
        } catch (Throwable failure) { // handed to the engine's thread, which tells failures of elements from bugs
            return CompletableFuture.failedFuture(failure);
        }
    }

    private int emitReady(
            BlockingQueue<CompletableFuture<O>> finished, MultiOutputReceiver receiver, ShardProgress done)
            throws Exception {
        int emitted = 0;
        for (CompletableFuture<O> next = finished.poll(); next != null; next = finished.poll()) {
            emit(next, receiver, done);
            emitted++;
        }
        return emitted;
    }

    private void emit(CompletableFuture<O> result, MultiOutputReceiver receiver, ShardProgress done) throws Exception {
        Throwable failure = result.handle((value, thrown) -> thrown).join();
        if (failure == null) {
            work.count(result.join(), done.progress());
            receiver.get(outputs).output(result.join());
        } else if (failure instanceof ElementFailedException) {
            done.progress().add(Counter.FAILURES, 1);
            receiver.get(failures).output(((ElementFailedException) failure).failure());
        } else if (failure instanceof Exception) {
            throw (Exception) failure;
        } else {
            throw (Error) failure;
        }
        done.show();
    }
}
