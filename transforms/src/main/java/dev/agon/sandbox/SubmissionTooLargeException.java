package dev.agon.sandbox;

/** The agent changed more bytes than a submission may hold: a failed attempt, not a failed sandbox. */
public final class SubmissionTooLargeException extends Exception {

    public SubmissionTooLargeException(String message) {
        super(message);
    }
}
