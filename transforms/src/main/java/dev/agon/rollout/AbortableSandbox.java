package dev.agon.rollout;

import dev.agon.runtime.RunControl;
import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SubmissionTooLargeException;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.util.List;

/** A sandbox whose work ends with a {@link dev.agon.runtime.RunAbortedException} once the run is cancelled. */
record AbortableSandbox(Sandbox sandbox, RunControl control) implements Sandbox {

    @Override
    public CommandResult run(Command command) throws SandboxException, InterruptedException {
        return control.abortable(() -> sandbox.run(command));
    }

    @Override
    public void write(List<TaskFile> files) throws SandboxException, InterruptedException {
        control.<Void, SandboxException>abortable(() -> {
            sandbox.write(files);
            return null;
        });
    }

    @Override
    public void apply(List<TreeChange> changes) throws SandboxException, InterruptedException {
        control.<Void, SandboxException>abortable(() -> {
            sandbox.apply(changes);
            return null;
        });
    }

    @Override
    public List<TreeChange> changes() throws SandboxException, SubmissionTooLargeException, InterruptedException {
        try {
            return control.<List<TreeChange>, Exception>abortable(sandbox::changes);
        } catch (SandboxException | SubmissionTooLargeException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a sandbox throws only what it declares", e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
