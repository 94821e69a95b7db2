package dev.agon.rollout;

import dev.agon.runtime.RunControl;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.Sandboxes;
import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sandboxes of one run on one worker, of one configuration: all steps of the run share what is connected for them, and the threads
 * that open sandboxes. Opening starts processes and mounts: more at once than these only make each slower. Those that an agent waits
 * for come first.
 */
final class WorkerSandboxes implements AutoCloseable {

    /** Who needs a sandbox, the most urgent first. */
    private enum Use {
        AGENT,
        GRADING
    }

    private static final int PER_CPU = 2;
    private static final long IDLE_S = 10;

    private final Sandboxes sandboxes;
    private final AtomicLong arrivals = new AtomicLong();
    private final ThreadPoolExecutor threads;

    WorkerSandboxes(Sandboxes sandboxes) {
        this.sandboxes = sandboxes;
        int size = PER_CPU * Runtime.getRuntime().availableProcessors();
        threads = new ThreadPoolExecutor(size, size, IDLE_S, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "sandbox opener");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A sandbox for an agent, which opens while the model thinks about its first answer. */
    Sandbox forAgent(Sandboxes.Spec spec, RunControl control) {
        return open(Use.AGENT, spec, control);
    }

    /** Sandboxes for grading, which open once those of agents have: no model waits for a grade. */
    Sandboxes forGrading(RunControl control) {
        return spec -> open(Use.GRADING, spec, control);
    }

    private Sandbox open(Use use, Sandboxes.Spec spec, RunControl control) {
        return new OpeningSandbox(
                () -> sandboxes.open(spec),
                task -> threads.execute(new Turn(use, arrivals.getAndIncrement(), task)),
                control);
    }

    @Override
    public void close() {
        threads.shutdown();
        sandboxes.close();
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
