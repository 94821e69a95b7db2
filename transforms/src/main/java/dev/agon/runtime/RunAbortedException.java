package dev.agon.runtime;

/** The run was cancelled, and what this thread was at is not waited for. */
public final class RunAbortedException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    RunAbortedException(Exception cause) {
        super("the run was cancelled");
        initCause(cause);
    }
}
