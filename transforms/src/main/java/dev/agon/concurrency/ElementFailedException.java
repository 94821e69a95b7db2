package dev.agon.concurrency;

import dev.agon.schemas.Failure;

/** One element could not be processed. The others go on, and the failure becomes a row of the table of failures. */
public final class ElementFailedException extends Exception {

    private final transient Failure failure;

    public ElementFailedException(Failure failure, Throwable cause) {
        super(failure.getMessage(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
