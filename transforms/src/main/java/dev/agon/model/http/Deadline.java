package dev.agon.model.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.AbstractExecutionAwareRequest;
import org.apache.http.client.methods.HttpRequestWrapper;

/**
 * Breaks a request off when its time is over, wherever it is by then: a server that sends a byte now and then never runs into
 * the time-out of its silence.
 *
 * <p>A deadline belongs to the thread that opened it until it is closed. Requests are found by the interceptor that every
 * client of ours runs, since the transport does not hand them out.
 */
final class Deadline implements AutoCloseable {

    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final ScheduledFuture<?> end;
    private AbstractExecutionAwareRequest request;
    private boolean passed;

    private Deadline(Duration after) {
        end = WATCH.schedule(this::pass, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "model-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    /** From now on, the requests of this thread end then at the latest. */
    static Deadline open(Duration after) {
        Deadline deadline = new Deadline(after);
        CURRENT.set(deadline);
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

    /** Whether the time was over before the deadline was closed. */
    synchronized boolean isPassed() {
        return passed;
    }

    @Override
    public void close() {
        end.cancel(false);
        CURRENT.remove();
    }
}
