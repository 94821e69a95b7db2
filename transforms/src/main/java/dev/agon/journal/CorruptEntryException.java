package dev.agon.journal;

/** A journal entry exists and cannot be used; the message goes on from the words "the entry". */
final class CorruptEntryException extends Exception {

    CorruptEntryException(String message) {
        super(message);
    }
}
