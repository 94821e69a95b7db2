package dev.agon.corpus;

/** A corpus cannot be read at all; the message says what was looked for where. */
public final class BadCorpusException extends Exception {

    BadCorpusException(String message) {
        super(message);
    }
}
