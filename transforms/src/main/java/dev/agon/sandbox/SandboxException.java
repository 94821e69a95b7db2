package dev.agon.sandbox;

/** The sandbox is down, or could not be opened: a failure of infrastructure, never of the task. */
public class SandboxException extends Exception {

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }

    public SandboxException(String message) {
        this(message, null);
    }
}
