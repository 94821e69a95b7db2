package dev.agon.sandbox;

import java.util.Map;

/** On the bare host: what holds without any isolation. */
class HostHostileProgramsTest extends HostilePrograms {

    @Override
    Sandboxes connectOwn() throws Exception {
        return TestSandboxes.connect(
                new SandboxConfig(SandboxConfig.Kind.HOST, SandboxConfig.Network.HOST, LIMITS, Map.of()));
    }
}
