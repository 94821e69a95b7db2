package dev.agon.sandbox;

/** In namespaces, with a control group where this machine allows one. */
class NamespaceHostileProgramsTest extends HostilePrograms {

    @Override
    Sandboxes connectOwn() throws Exception {
        return TestSandboxes.connect(SandboxConfig.defaults().withLimits(LIMITS));
    }
}
