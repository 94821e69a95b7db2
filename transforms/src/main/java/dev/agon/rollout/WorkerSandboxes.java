package dev.agon.rollout;

import dev.agon.runtime.RunControl;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.Sandboxes;

/** The sandboxes of one run on one worker, of one configuration: all steps of the run share what is connected for them. */
final class WorkerSandboxes implements AutoCloseable {

    private final Sandboxes sandboxes;
    private final SandboxOpeners openers = new SandboxOpeners();

    WorkerSandboxes(Sandboxes sandboxes) {
        this.sandboxes = sandboxes;
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
        openers.close();
        sandboxes.close();
    }
}
