package dev.agon.sandbox;

import java.nio.file.Path;

/** In namespaces as an ordinary user has them, for whom no control group can be made. */
class GrouplessHostileProgramsTest extends HostilePrograms {

    @Override
    Sandboxes connectOwn() throws Exception {
        SandboxConfig config = SandboxConfig.defaults().withLimits(LIMITS);
        TestSandboxes.connect(config).close();
        return NamespaceSandboxes.connect(config, Path.of("/"), false);
    }
}
