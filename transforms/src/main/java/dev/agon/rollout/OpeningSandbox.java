package dev.agon.rollout;

import dev.agon.runtime.RunControl;
import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.sandbox.SubmissionTooLargeException;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * A sandbox that opens while the model thinks about its first answer: whoever needs it first waits for what is left of that. Its work
 * ends with a {@link dev.agon.runtime.RunAbortedException} once the run is cancelled.
 */
final class OpeningSandbox implements Sandbox {

    private final CompletableFuture<Sandbox> opening = new CompletableFuture<>();
    private volatile boolean closed;

    private final RunControl control;

    /** @param threads who open sandboxes; their number bounds how many do so at once */
    OpeningSandbox(Callable<Sandbox> open, Executor threads, RunControl control) {
        this.control = control;
        threads.execute(() -> {
            if (closed) {
                opening.cancel(false);
                return;
            }
            try {
                opening.complete(open.call());
            } catch (Throwable failure) { // handed to the thread that needs the sandbox
                opening.completeExceptionally(failure);
            }
        });
    }

    @Override
    public CommandResult run(Command command) throws SandboxException, InterruptedException {
        return control.abortable(() -> opened().run(command));
    }

    @Override
    public void limit(SandboxLimits limits) throws SandboxException, InterruptedException {
        control.<Void, SandboxException>abortable(() -> {
            opened().limit(limits);
            return null;
        });
    }

    @Override
    public void write(List<TaskFile> files) throws SandboxException, InterruptedException {
        control.<Void, SandboxException>abortable(() -> {
            opened().write(files);
            return null;
        });
    }

    @Override
    public void apply(List<TreeChange> changes) throws SandboxException, InterruptedException {
        control.<Void, SandboxException>abortable(() -> {
            opened().apply(changes);
            return null;
        });
    }

    @Override
    public List<TreeChange> changes() throws SandboxException, SubmissionTooLargeException, InterruptedException {
        try {
            return control.<List<TreeChange>, Exception>abortable(() -> opened().changes());
        } catch (SandboxException | SubmissionTooLargeException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a sandbox throws only what it declares", e);
        }
    }

    private Sandbox opened() throws SandboxException, InterruptedException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxException failed) {
                throw failed;
            }
            throw new IllegalStateException("a sandbox failed to open with a bug", e.getCause());
        }
    }

    /** A sandbox that is still being opened is closed as soon as it is open; one whose turn has not come is not opened. */
    @Override
    public void close() {
        closed = true;
        opening.whenComplete((sandbox, failure) -> {
            if (sandbox != null) {
                sandbox.close();
            }
        });
    }
}
