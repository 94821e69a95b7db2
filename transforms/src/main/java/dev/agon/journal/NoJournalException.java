package dev.agon.journal;

/** A folder that should be a journal is none; the message says what was looked for. */
public final class NoJournalException extends Exception {

    NoJournalException(String message) {
        super(message);
    }
}
