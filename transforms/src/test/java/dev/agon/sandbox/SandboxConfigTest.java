package dev.agon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step carries to its workers, and what connecting there says when it cannot work. */
class SandboxConfigTest {

    private static final SandboxConfig HOST = new SandboxConfig(
            SandboxConfig.Kind.HOST,
            SandboxConfig.Network.HOST,
            SandboxLimits.DEFAULTS,
            Map.of("A", "config", "B", "config"));

    @Test
    void travelsToWorkers() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(HOST);

        assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
                .isEqualTo(HOST);
    }

    @Test
    void itsVariablesAreSeenUnlessTheSpecHasOthers() throws Exception {
        try (Sandboxes sandboxes = TestSandboxes.connect(HOST);
                Sandbox sandbox = sandboxes.open(new Sandboxes.Spec("/work", List.of(), Map.of("B", "spec")))) {
            assertThat(TestSandboxes.output(sandbox, "echo $A $B; test $PWD = $AGON_WORKDIR && echo there"))
                    .isEqualTo("config spec\nthere");
        }
    }

    @Test
    void theHostKindSaysThatNothingIsProtected() throws Exception {
        try (Sandboxes sandboxes = TestSandboxes.connect(HOST)) {
            assertThat(sandboxes.protections()).isNotEmpty().noneMatch(Protection::on);
        }
    }

    @Test
    void missingProgramsAreNamedWithTheirPackage(@TempDir Path root) throws Exception {
        Path bin = Files.createDirectories(root.resolve("usr/bin"));
        for (String name : List.of("perl", "bash")) {
            assertThat(Files.createFile(bin.resolve(name)).toFile().setExecutable(true))
                    .isTrue();
        }
        Programs.require(Programs.HOST, root);

        assertThatThrownBy(() -> Programs.require(Programs.NAMESPACE, root))
                .isInstanceOf(SandboxUnavailableException.class)
                .hasMessageContaining("bwrap")
                .hasMessageContaining("apt-get install bubblewrap");
    }

    @Test
    void aMachineThatCannotIsToldWhyAndKeepsNothing(@TempDir Path temporary) {
        // The user that sandboxes run as cannot enter this folder; for a worker that is not root it is its own.
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        String previous = System.setProperty("java.io.tmpdir", temporary.toString());
        try {
            assertThatThrownBy(() -> SandboxConfig.defaults().connect())
                    .isInstanceOf(SandboxUnavailableException.class)
                    .hasMessageContaining("Permission denied")
                    .hasMessageContaining("apt-get install bubblewrap");
            assertThat(temporary).isEmptyDirectory();
        } finally {
            System.setProperty("java.io.tmpdir", previous);
        }
    }
}
