package dev.agon.journal;

/** The journal's store cannot be read or written: nothing can be bought safely, the run must end. */
public final class JournalException extends RuntimeException {

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
