package dev.agon.pipelines.config;

import static dev.agon.pipelines.config.ConfigRules.atLeast;
import static dev.agon.pipelines.config.ConfigRules.notOneOf;
import static dev.agon.pipelines.config.ConfigRules.within;

import dev.agon.sandbox.Protection;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxLimits;
import java.util.List;
import java.util.Map;

/** Checks the sandbox section of a configuration. */
public final class SandboxCheck {

    /** Of one command's output: it is one message of the sandbox, and stands in memory more than once. */
    private static final int MOST_OUTPUT_KB = 128 << 10;
    /** The kernel's own limit on process ids. */
    private static final int MOST_PIDS = 1 << 22;

    /** A file of a submission is one message, too. */
    private static final int MOST_SUBMISSION_MB = 256;

    private static final int MOST_MB = 1 << 30;
    private static final int MOST_CPU_S = 365 * 24 * 3600;

    /** A check may use more than an agent, where the configuration says nothing else. */
    private static final int GRADING_OUTPUT_KB = 16 << 10;

    private static final int GRADING_CPU_S = 3600;

    private SandboxCheck() {}

    /** What hidden checks may use. Processes and disk are those of the sandbox. */
    public static SandboxLimits grading(RunConfig config) throws ConfigException {
        SandboxLimits agents = of(config).limits();
        RunConfig.Grading grading = config.grading();
        int memoryMb =
                grading.memoryMb() != null ? grading.memoryMb() : (int) Math.min(2L * agents.memoryMb(), MOST_MB);
        int outputKb = grading.outputKb() != null
                ? grading.outputKb()
                : Math.max(GRADING_OUTPUT_KB, agents.outputBytes() / 1024);
        int cpuS = grading.cpuS() != null ? grading.cpuS() : Math.max(GRADING_CPU_S, agents.cpuSeconds());
        return new SandboxLimits(
                within(agents.memoryMb(), MOST_MB, "grading.memory_mb", memoryMb),
                agents.processes(),
                agents.diskMb(),
                within(1, MOST_OUTPUT_KB, "grading.output_kb", outputKb) * 1024,
                within(1, MOST_CPU_S, "grading.cpu_s", cpuS),
                agents.submissionMb());
    }

    public static SandboxConfig of(RunConfig config) throws ConfigException {
        RunConfig.Sandbox sandbox = config.sandbox();
        SandboxConfig.Kind kind = switch (sandbox.kind()) {
            case "namespace" -> SandboxConfig.Kind.NAMESPACE;
            case "host" -> SandboxConfig.Kind.HOST;
            default -> throw notOneOf("sandbox.kind", sandbox.kind(), List.of("namespace", "host"));
        };
        SandboxConfig.Network network = switch (sandbox.network()) {
            case "none" -> SandboxConfig.Network.NONE;
            case "host" -> SandboxConfig.Network.HOST;
            default -> throw notOneOf("sandbox.network", sandbox.network(), List.of("none", "host"));
        };
        for (String name : sandbox.require()) {
            if (!Protection.NAMES.contains(name)) {
                throw notOneOf("sandbox.require", name, Protection.NAMES);
            }
        }
        return new SandboxConfig(
                kind,
                network,
                new SandboxLimits(
                        atLeast(16, "sandbox.memory_mb", sandbox.memoryMb()),
                        within(4, MOST_PIDS, "sandbox.pids", sandbox.pids()),
                        atLeast(1, "sandbox.disk_mb", sandbox.diskMb()),
                        within(1, MOST_OUTPUT_KB, "sandbox.output_kb", sandbox.outputKb()) * 1024,
                        within(1, MOST_CPU_S, "sandbox.cpu_s", sandbox.cpuS()),
                        within(1, MOST_SUBMISSION_MB, "sandbox.submission_mb", sandbox.submissionMb())),
                Map.of(),
                sandbox.require());
    }
}
