package dev.agon.sandbox;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which sandboxes a run uses. Serializable, so that a step can carry it to its workers and connect there.
 *
 * @param kind how commands are kept apart from the host
 * @param network what they can reach
 * @param limits what one sandbox may use
 * @param environment variables that all commands see; those of a {@link Sandboxes.Spec} go before them
 * @param required names of the {@link Protection}s without which nothing may run
 */
public record SandboxConfig(
        Kind kind, Network network, SandboxLimits limits, Map<String, String> environment, List<String> required)
        implements Serializable {

    /** The kinds of sandboxes. */
    public enum Kind {
        /** Namespaces of the kernel, set up by bubblewrap. */
        NAMESPACE,
        /** None: bash on the bare host. Must be asked for by name. */
        HOST
    }

    /** What commands in a sandbox can reach. */
    public enum Network {
        /** Nothing but a loopback interface of their own. */
        NONE,
        /** What the host can reach, and the host. */
        HOST
    }

    public SandboxConfig {
        environment = Map.copyOf(environment);
        required = List.copyOf(required);
    }

    /** Sandboxes with whatever protections the machine can give. */
    public SandboxConfig(Kind kind, Network network, SandboxLimits limits, Map<String, String> environment) {
        this(kind, network, limits, environment, List.of());
    }

    /** Namespaces without network, with the default limits. */
    public static SandboxConfig defaults() {
        return new SandboxConfig(Kind.NAMESPACE, Network.NONE, SandboxLimits.DEFAULTS, Map.of());
    }

    public SandboxConfig withLimits(SandboxLimits newLimits) {
        return new SandboxConfig(kind, network, newLimits, environment, required);
    }

    /**
     * Finds out what this machine can do, and gets ready to open sandboxes. Close what it returns.
     *
     * @throws SandboxUnavailableException when it cannot provide this kind, its limits, or a protection that is required
     */
    public Sandboxes connect() throws SandboxUnavailableException, InterruptedException {
        limits.checkMachine();
        Sandboxes sandboxes = switch (kind) {
            case NAMESPACE -> NamespaceSandboxes.connect(this);
            case HOST -> HostSandboxes.connect(this);
        };
        List<Protection> lacking = sandboxes.protections().stream()
                .filter(protection -> !protection.on() && required.contains(protection.name()))
                .toList();
        if (!lacking.isEmpty()) {
            sandboxes.close();
            throw new SandboxUnavailableException(lacking.stream()
                    .map(p -> "sandbox.require has `" + p.name() + "`, which is off here (" + p.detail() + "): "
                            + p.remedy() + ", or take it out of sandbox.require")
                    .collect(Collectors.joining("\n")));
        }
        return sandboxes;
    }
}
