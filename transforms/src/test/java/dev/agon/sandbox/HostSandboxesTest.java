package dev.agon.sandbox;

import java.util.Map;

/** The contract, on the bare host. */
class HostSandboxesTest extends SandboxContract {

    @Override
    SandboxConfig config() {
        return new SandboxConfig(SandboxConfig.Kind.HOST, SandboxConfig.Network.HOST, SandboxLimits.DEFAULTS, Map.of());
    }
}
