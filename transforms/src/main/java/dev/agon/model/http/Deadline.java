package dev.agon.model.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.AbstractExecutionAwareRequest;
import org.apache.http.client.methods.HttpRequestWrapper;

/**
 * Ends a request when its total time is over. The read time-out is not enough: a server that sends a byte now and then never reaches
 * it.
 *
 * <p>A deadline belongs to the thread that opened it, until it is closed. An interceptor in the HTTP client passes it the request,
 * since the transport does not.
 */
final class Deadline implements AutoCloseable {

    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    private final Deadlines deadlines;
    private final long end;
    private final BooleanSupplier abortRequested;
    private AbstractExecutionAwareRequest request;
    private boolean passed;

    /** Begins now, for this thread. */
    Deadline(Deadlines deadlines, Duration after, BooleanSupplier abortRequested) {
        this.deadlines = deadlines;
        this.end = System.nanoTime() + after.toNanos();
        this.abortRequested = abortRequested;
        CURRENT.set(this);
    }

    /** The request that this thread is about to send. */
    static void watch(HttpRequest request) {
        Deadline deadline = CURRENT.get();
        if (deadline != null
                && request instanceof HttpRequestWrapper wrapper
                && wrapper.getOriginal() instanceof AbstractExecutionAwareRequest original) {
            deadline.take(original);
        }
    }

    /** Ends the request when its time is over. */
    void look(long now) {
        if (now - end >= 0 || abortRequested.getAsBoolean()) {
            pass();
        }
    }

    private synchronized void take(AbstractExecutionAwareRequest sent) {
        request = sent;
        if (passed) {
            sent.abort();
        }
    }

    private synchronized void pass() {
        passed = true;
        if (request != null) {
            request.abort();
        }
    }

    /** Whether the time ended before the deadline was closed. */
    synchronized boolean isPassed() {
        return passed;
    }

    @Override
    public void close() {
        deadlines.closed(this);
        CURRENT.remove();
    }
}
