package dev.agon.summarize;

/** A summariser's reply is not the JSON object it was asked for; the message says what is wrong, for asking again. */
final class MalformedSummaryException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedSummaryException(String message) {
        super(message);
    }
}
