package dev.agon.rollout;

import dev.agon.runtime.RunControl;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxUnavailableException;
import dev.agon.sandbox.Sandboxes;
import java.util.HashMap;
import java.util.Map;

/**
 * The sandboxes of one worker. An engine makes many instances of a step in one process; all of them share one connection for
 * each configuration, which is closed with the last of them.
 */
final class WorkerSandboxes implements AutoCloseable {

    private static final Map<SandboxConfig, WorkerSandboxes> SHARED = new HashMap<>();

    private final SandboxConfig config;
    private final Sandboxes sandboxes;
    private final SandboxOpeners openers = new SandboxOpeners();
    private int users;

    private WorkerSandboxes(SandboxConfig config, Sandboxes sandboxes) {
        this.config = config;
        this.sandboxes = sandboxes;
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

    /** A sandbox for an agent, which opens while the model thinks about its first answer. */
    Sandbox forAgent(Sandboxes.Spec spec, RunControl control) {
        return new AbortableSandbox(openers.open(SandboxOpeners.Use.AGENT, () -> sandboxes.open(spec)), control);
    }

    /** Sandboxes for grading, which open once those of agents have: no model waits for a grade. */
    Sandboxes forGrading(RunControl control) {
        return spec ->
                new AbortableSandbox(openers.open(SandboxOpeners.Use.GRADING, () -> sandboxes.open(spec)), control);
    }

    @Override
    public void close() {
        synchronized (SHARED) {
            users--;
            if (users == 0) {
                SHARED.remove(config);
                openers.close();
                sandboxes.close();
            }
        }
    }
}
