package dev.agon.tasks;

/** A data set cannot be read at all, so nothing can run. The message says what was expected and what to do. */
public final class BadInputException extends Exception {

    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }

    public BadInputException(String message) {
        this(message, null);
    }
}
