package dev.agon.sandbox;

/** This machine cannot provide sandboxes of the configured kind. The message says what is missing and how to get it. */
public final class SandboxUnavailableException extends Exception {

    public SandboxUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public SandboxUnavailableException(String message) {
        this(message, null);
    }
}
