package dev.agon.runtime;

/** The run was cancelled, and what this thread was at is not waited for. */
public final class RunAbortedException extends InterruptedException {

    RunAbortedException(Exception cause) {
        super("the run was cancelled");
        initCause(cause);
    }
}
