package dev.agon.concurrency;

import dev.agon.gathering.Encoded;
import dev.agon.journal.Progress;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.Permits;
import dev.agon.runtime.Permits.Permit;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.schemas.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.slf4j.MDC;

/**
 * Works on one shard: reads its elements as permits come free, hands each to a thread, and emits what is finished, always on the
 * engine's thread. The shard is done when the last of its elements is. A dead store or a cancelled job ends the others.
 */
final class WorkOnShard<I, O, M> extends DoFn<KV<Integer, Iterable<byte[]>>, M> {

    /** Under this name the id of the element that a thread works on stands in its log lines. */
    private static final String LOGGED_AS = "element";

    /** How long to wait for a permit before looking again whether something can be emitted. */
    private static final long PATIENCE_MS = 20;

    private final Encoded<I> encoded;
    private final ConcurrentWork<I, O> work;
    private final RunScope scope;
    private final InFlightLimit limit;
    private final String input;
    private transient Worker worker;

    /**
     * @param encoded how elements were encoded
     * @param work what is done with each
     * @param input name of the elements that are worked on, which no other elements of the run have
     */
    WorkOnShard(Encoded<I> encoded, ConcurrentWork<I, O> work, RunScope scope, InFlightLimit limit, String input) {
        this.encoded = encoded;
        this.work = work;
        this.scope = scope;
        this.limit = limit;
        this.input = input;
    }

    @Setup
    public void setup() throws Exception {
        worker = scope.join();
        work.open(worker);
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver receiver) throws Exception {
        Permits permits = worker.permits(limit);
        Progress done = worker.progress(input + "-" + shard.getKey());
        try (InFlight<O> inFlight = new InFlight<>(worker.threads())) {
            for (byte[] element : shard.getValue()) {
                emitReady(inFlight, receiver, done);
                Optional<Permit> permit = permits.tryAcquire(PATIENCE_MS);
                while (permit.isEmpty()) {
                    emitReady(inFlight, receiver, done);
                    permit = permits.tryAcquire(PATIENCE_MS);
                }
                inFlight.start(permit.get(), () -> apply(encoded.decode(element)));
            }
            while (!inFlight.isEmpty()) {
                emit(inFlight.take(), receiver, done);
            }
        }
    }

    @Teardown
    public void teardown() {
        if (worker != null) { // joining failed where it is null
            worker.close();
        }
    }

    private O apply(I element) throws ElementFailedException, InterruptedException {
        Failure.Builder failure = work.failureOf(element);
        try (MDC.MDCCloseable logged = MDC.putCloseable(LOGGED_AS, failure.getElementId())) {
            return work.apply(element);
        } catch (RuntimeException | Error bug) {
            ElementFailedException failed = ElementFailedException.ofBug(failure, bug);
            return work.inPlaceOf(element, failed.failure()).orElseThrow(() -> failed);
        }
    }

    private void emitReady(InFlight<O> inFlight, MultiOutputReceiver receiver, Progress done) throws Exception {
        for (Optional<CompletableFuture<O>> next = inFlight.poll(); next.isPresent(); next = inFlight.poll()) {
            emit(next.get(), receiver, done);
        }
    }

    private void emit(CompletableFuture<O> result, MultiOutputReceiver receiver, Progress done) throws Exception {
        Throwable failure = result.handle((value, thrown) -> thrown).join();
        if (failure == null) {
            work.count(result.join(), done);
            work.emit(result.join(), receiver);
        } else if (failure instanceof ElementFailedException failed) {
            done.failed(List.of(failed.failure()));
            receiver.get(MapConcurrently.FAILURES).output(failed.failure());
        } else if (failure instanceof Exception bug) {
            throw bug;
        } else {
            throw (Error) failure;
        }
    }
}
