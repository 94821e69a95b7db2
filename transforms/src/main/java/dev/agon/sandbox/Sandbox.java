package dev.agon.sandbox;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.util.List;

/**
 * One isolated place with a working folder, for one rollout or one grading. Commands are stateless ({@code bash -c}, started
 * in the working folder); what persists between them is the file system.
 *
 * <p>What runs inside is hostile. A command that fails, hangs, floods, forks or fills the disk is a {@link CommandResult}; a
 * sandbox that cannot do its work any more is a {@link SandboxException}. Not safe for use by two threads at once. A thread that
 * is interrupted while it waits for the sandbox loses it: all that remains is to close it.
 */
public interface Sandbox extends AutoCloseable {

    /** Runs one command to its end, or to one of its limits. Whatever it left in the background is ended with it. */
    CommandResult run(Command command) throws SandboxException, InterruptedException;

    /** Commands have these limits of memory, output and processor time from now on. The limit of memory is no lower than before. */
    void limit(SandboxLimits limits) throws SandboxException, InterruptedException;

    /** Writes files into the working folder, over what is there. Paths are relative and checked. */
    void write(List<TaskFile> files) throws SandboxException, InterruptedException;

    /** Applies changes to the working folder, as {@link #changes()} of another sandbox of the same task returned them. */
    void apply(List<TreeChange> changes) throws SandboxException, InterruptedException;

    /**
     * How the working folder differs from the files that the sandbox was opened with, sorted by path. Caches that tools leave
     * behind (byte code, test caches, a {@code .git} that the task did not have) are no changes, nor are empty folders, special
     * files, and names that are not UTF-8. Never follows a symbolic link.
     *
     * @throws SubmissionTooLargeException when the changed files exceed the sandbox's submission limit
     */
    List<TreeChange> changes() throws SandboxException, SubmissionTooLargeException, InterruptedException;

    /** Ends every process of the sandbox and removes all it held. Never throws for what was inside. */
    @Override
    void close();
}
