package dev.agon.rollout;

import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxUnavailableException;
import dev.agon.sandbox.Sandboxes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The sandboxes of one worker. An engine makes many instances of a step in one process; all of them share one connection for
 * each configuration, which is closed with the last of them.
 */
final class WorkerSandboxes implements AutoCloseable {

    private static final Map<SandboxConfig, WorkerSandboxes> SHARED = new HashMap<>();

    private static final int OPENERS_PER_CPU = 2;

    private final SandboxConfig config;
    private final Sandboxes sandboxes;
    private final ExecutorService openers;
    private int users;

    private WorkerSandboxes(SandboxConfig config, Sandboxes sandboxes) {
        this.config = config;
        this.sandboxes = sandboxes;
        // Opening starts processes and mounts, which more threads than this only make slower for each.
        this.openers = Executors.newFixedThreadPool(
                OPENERS_PER_CPU * Runtime.getRuntime().availableProcessors(), task -> {
                    Thread thread = new Thread(task, "sandbox opener");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    static WorkerSandboxes of(SandboxConfig config) throws SandboxUnavailableException, InterruptedException {
        synchronized (SHARED) {
            WorkerSandboxes shared = SHARED.get(config);
            if (shared == null) {
                shared = new WorkerSandboxes(config, config.connect());
                SHARED.put(config, shared);
            }
            shared.users++;
            return shared;
        }
    }

    Sandboxes get() {
        return sandboxes;
    }

    /** A sandbox that opens while its user does something else first. */
    Sandbox opening(Sandboxes.Spec spec) {
        return new OpeningSandbox(() -> sandboxes.open(spec), openers);
    }

    @Override
    public void close() {
        synchronized (SHARED) {
            users--;
            if (users == 0) {
                SHARED.remove(config);
                openers.shutdown();
                sandboxes.close();
            }
        }
    }
}
