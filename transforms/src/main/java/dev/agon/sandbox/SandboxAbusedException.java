package dev.agon.sandbox;

/** What ran inside has used up the sandbox: its disk, its files, or the memory of its first process. No failure of infrastructure. */
public final class SandboxAbusedException extends SandboxException {

    public SandboxAbusedException(String message) {
        super(message);
    }
}
