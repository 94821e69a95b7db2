package dev.agon.model.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.AbstractExecutionAwareRequest;
import org.apache.http.client.methods.HttpRequestWrapper;

/**
 * Ends a request when its total time is over. The read time-out is not enough: a server that sends a byte now and then never reaches
 * it.
 *
 * <p>A deadline belongs to the thread that opened it, until it is closed. An interceptor in the HTTP client passes it the request,
 * since the transport does not. One thread of the JVM checks all deadlines every 50 milliseconds, which costs less than a timer for
 * each call.
 */
final class Deadline implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 50;
    private static final Set<Deadline> OPEN = ConcurrentHashMap.newKeySet();
    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    static {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "model-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(Deadline::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private final long end;
    private final BooleanSupplier abortRequested;
    private AbstractExecutionAwareRequest request;
    private boolean passed;

    private Deadline(Duration after, BooleanSupplier abortRequested) {
        this.end = System.nanoTime() + after.toNanos();
        this.abortRequested = abortRequested;
    }

    /** Requests of this thread now end after this time at the latest, or when an abort is requested. */
    static Deadline open(Duration after, BooleanSupplier abortRequested) {
        Deadline deadline = new Deadline(after, abortRequested);
        CURRENT.set(deadline);
        OPEN.add(deadline);
        return deadline;
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

    private static void look() {
        long now = System.nanoTime();
        for (Deadline deadline : OPEN) {
            if (now - deadline.end >= 0 || deadline.abortRequested.getAsBoolean()) {
                deadline.pass();
            }
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
        OPEN.remove(this);
        CURRENT.remove();
    }
}
