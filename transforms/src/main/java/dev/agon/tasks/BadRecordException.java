package dev.agon.tasks;

/** One record of a data set cannot be read. The message names the field, what was expected and what to do. */
public final class BadRecordException extends Exception {

    BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    BadRecordException(String message) {
        this(message, null);
    }
}
