package dev.agon.rollout;

import dev.agon.sandbox.Sandbox;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads of a worker that open sandboxes. Opening starts processes and mounts: more at once than these only make each slower.
 * Those that an agent waits for come first.
 */
final class SandboxOpeners implements AutoCloseable {

    /** Who needs a sandbox, the most urgent first. */
    enum Use {
        AGENT,
        GRADING
    }

    private static final int PER_CPU = 2;
    private static final long IDLE_S = 10;

    private final AtomicLong arrivals = new AtomicLong();
    private final ThreadPoolExecutor threads;

    SandboxOpeners() {
        int size = PER_CPU * Runtime.getRuntime().availableProcessors();
        threads = new ThreadPoolExecutor(size, size, IDLE_S, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "sandbox opener");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    Sandbox open(Use use, Callable<Sandbox> open) {
        return new OpeningSandbox(open, task -> threads.execute(new Turn(use, arrivals.getAndIncrement(), task)));
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** One sandbox to open, in the order of urgency and arrival. */
    private record Turn(Use use, long arrival, Runnable task) implements Runnable, Comparable<Turn> {

        private static final Comparator<Turn> ORDER =
                Comparator.comparing(Turn::use).thenComparingLong(Turn::arrival);

        @Override
        public void run() {
            task.run();
        }

        @Override
        public int compareTo(Turn other) {
            return ORDER.compare(this, other);
        }
    }
}
