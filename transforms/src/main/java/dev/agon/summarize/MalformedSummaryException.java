package dev.agon.summarize;

/** A summariser's reply is not the JSON object it was asked for; the message says what is wrong, for asking again. */
final class MalformedSummaryException extends Exception {

    MalformedSummaryException(String message) {
        super(message);
    }
}
