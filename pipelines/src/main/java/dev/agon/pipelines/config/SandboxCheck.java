package dev.agon.pipelines.config;

import static dev.agon.pipelines.config.ConfigRules.atLeast;
import static dev.agon.pipelines.config.ConfigRules.notOneOf;

import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxLimits;
import java.util.List;
import java.util.Map;

/** Checks the sandbox section of a configuration. */
public final class SandboxCheck {

    private SandboxCheck() {}

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
        return new SandboxConfig(
                kind,
                network,
                new SandboxLimits(
                        atLeast(16, "sandbox.memory_mb", sandbox.memoryMb()),
                        atLeast(4, "sandbox.pids", sandbox.pids()),
                        atLeast(1, "sandbox.disk_mb", sandbox.diskMb()),
                        atLeast(1, "sandbox.output_kb", sandbox.outputKb()) * 1024,
                        atLeast(1, "sandbox.cpu_s", sandbox.cpuS()),
                        atLeast(1, "sandbox.submission_mb", sandbox.submissionMb())),
                Map.of());
    }
}
