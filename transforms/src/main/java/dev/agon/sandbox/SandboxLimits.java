package dev.agon.sandbox;

import java.io.Serializable;

/**
 * What one sandbox may use.
 *
 * @param memoryMb memory of all its processes together, in MiB, the writable file systems included where the kernel counts so
 * @param processes processes and threads at once
 * @param diskMb size of all its writable file systems together, in MiB
 * @param outputBytes bytes of output kept of one command; a command that prints more is ended
 * @param cpuSeconds processor time of one process
 * @param submissionMb size of all changed files together that {@link Sandbox#changes()} hands out, in MiB
 */
public record SandboxLimits(int memoryMb, int processes, int diskMb, int outputBytes, int cpuSeconds, int submissionMb)
        implements Serializable {

    public static final SandboxLimits DEFAULTS = new SandboxLimits(512, 64, 256, 1 << 20, 120, 16);
}
