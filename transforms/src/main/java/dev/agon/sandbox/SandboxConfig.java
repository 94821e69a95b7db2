package dev.agon.sandbox;

import java.io.Serializable;
import java.util.Map;

/**
 * Which sandboxes a run uses. Serializable, so that a step can carry it to its workers and connect there.
 *
 * @param kind how commands are kept apart from the host
 * @param network what they can reach
 * @param limits what one sandbox may use
 * @param environment variables that all commands see; those of a {@link Sandboxes.Spec} go before them
 */
public record SandboxConfig(Kind kind, Network network, SandboxLimits limits, Map<String, String> environment)
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
    }

    /** Namespaces without network, with the default limits. */
    public static SandboxConfig defaults() {
        return new SandboxConfig(Kind.NAMESPACE, Network.NONE, SandboxLimits.DEFAULTS, Map.of());
    }

    public SandboxConfig withLimits(SandboxLimits newLimits) {
        return new SandboxConfig(kind, network, newLimits, environment);
    }

    /**
     * Finds out what this machine can do, and gets ready to open sandboxes. Close what it returns.
     *
     * @throws SandboxUnavailableException when it cannot provide this kind
     */
    public Sandboxes connect() throws SandboxUnavailableException, InterruptedException {
        return switch (kind) {
            case NAMESPACE -> NamespaceSandboxes.connect(this);
            case HOST -> HostSandboxes.connect(this);
        };
    }
}
