package dev.agon.sandbox;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * What one sandbox may use.
 *
 * @param memoryMb memory of all its processes together, in MiB
 * @param processes processes and threads at once
 * @param diskMb size of all its writable file systems together, in MiB
 * @param outputBytes bytes of output kept of one command; a command that prints more is ended
 * @param cpuSeconds processor time of one process
 * @param submissionMb size of all changed files together that {@link Sandbox#changes()} hands out, in MiB
 */
public record SandboxLimits(int memoryMb, int processes, int diskMb, int outputBytes, int cpuSeconds, int submissionMb)
        implements Serializable {

    public static final SandboxLimits DEFAULTS = new SandboxLimits(512, 64, 256, 1 << 20, 120, 16);

    /** Files that a sandbox may hold: without a limit they would use up the kernel's memory. */
    long files() {
        return Math.max(16_384, diskMb * 256L);
    }

    /**
     * Memory of a control group. The kernel counts files in memory to it, with a good KiB for each; they have room of their own, so
     * that what commands leave there never takes the server's.
     */
    long groupBytes() {
        return ((long) memoryMb + diskMb << 20) + files() * 1536;
    }

    /** Refuses what is more than this machine has; in a container, than the container has. */
    void checkMachine() throws SandboxUnavailableException {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long mb = (machine.getTotalMemorySize() + machine.getTotalSwapSpaceSize()) >> 20;
        if (memoryMb > mb) {
            throw new SandboxUnavailableException("sandbox.memory_mb is " + memoryMb + ", and this machine has " + mb
                    + " MiB of memory and swap: set it to that or less");
        }
        if (diskMb > mb) {
            throw new SandboxUnavailableException("sandbox.disk_mb is " + diskMb
                    + ", and what a sandbox writes is kept in memory, of which this machine has " + mb
                    + " MiB with its swap: set it to that or less");
        }
    }
}
