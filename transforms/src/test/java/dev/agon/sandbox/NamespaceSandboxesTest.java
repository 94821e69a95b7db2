package dev.agon.sandbox;

/** The contract, in namespaces. */
class NamespaceSandboxesTest extends SandboxContract {

    @Override
    SandboxConfig config() {
        return SandboxConfig.defaults();
    }
}
