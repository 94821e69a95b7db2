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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void everyKindSaysOfEveryProtectionWhetherItIsOn() throws Exception {
        for (SandboxConfig config : List.of(HOST, SandboxConfig.defaults())) {
            try (Sandboxes sandboxes = TestSandboxes.connect(config)) {
                assertThat(sandboxes.protections())
                        .extracting(Protection::name)
                        .containsExactlyElementsOf(Protection.NAMES);
                assertThat(sandboxes.protections())
                        .allSatisfy(p -> assertThat(p.remedy().isEmpty()).isEqualTo(p.on()));
            }
        }
    }

    @Test
    void lessProtectionThanIsRequiredIsRefusedWithWhatToDo() throws Exception {
        assertThatThrownBy(() -> requiring(HOST, "user", "memory").connect())
                .isInstanceOf(SandboxUnavailableException.class)
                .hasMessageContaining("sandbox.require has `user`, which is off here (commands run as this user)")
                .hasMessageContaining("sandbox.require has `memory`")
                .hasMessageContaining("set sandbox.kind: namespace");

        TestSandboxes.connect(requiring(SandboxConfig.defaults(), "user", "network", "memory"))
                .close();
        SandboxConfig open = new SandboxConfig(
                SandboxConfig.Kind.NAMESPACE, SandboxConfig.Network.HOST, SandboxLimits.DEFAULTS, Map.of());
        assertThatThrownBy(() -> requiring(open, "network", "user").connect())
                .hasMessageContaining("`network`")
                .hasMessageNotContaining("`user`")
                .hasMessageContaining("set sandbox.network: none");
    }

    private static SandboxConfig requiring(SandboxConfig config, String... protections) {
        return new SandboxConfig(
                config.kind(), config.network(), config.limits(), config.environment(), List.of(protections));
    }

    @Test
    void limitsBeyondTheMachineAreNamed() {
        int far = Integer.MAX_VALUE;
        assertThatThrownBy(() -> HOST.withLimits(new SandboxLimits(far, 64, 256, 1, 1, 1))
                        .connect())
                .isInstanceOf(SandboxUnavailableException.class)
                .hasMessageMatching("sandbox\\.memory_mb is " + far + ", and this machine has \\d+ MiB.*");
        assertThatThrownBy(() ->
                        HOST.withLimits(new SandboxLimits(64, 64, far, 1, 1, 1)).connect())
                .hasMessageMatching("sandbox\\.disk_mb is " + far + ", .* kept in memory, .* \\d+ MiB.*");
    }

    @Test
    void aLimitAboveTheUsersOwnIsNamed() throws Exception {
        WorkerFolder folder = WorkerFolder.create();
        Path script = folder.path().resolve("server.pl");
        WorkerFolder.writeScript("server.pl", script);
        // Root could raise it.
        String drop = "root".equals(System.getProperty("user.name")) ? "setpriv --reuid 65534 --clear-groups " : "";
        Process server = new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        "ulimit -f 1000; exec " + drop + "perl -w " + script + " " + System.getProperty("os.arch")
                                + " host")
                .start();
        assertThatThrownBy(() -> ServerSandbox.setUp(
                        server, "/tmp", List.of(), Map.of(), SandboxLimits.DEFAULTS, Optional.empty(), () -> {}))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("cannot limit file sizes to 268435456")
                .hasMessageContaining("the user's own limit is 1024000");
        folder.remove(false);
    }

    @Test
    void aTimeLimitBeyondWhatCanBeCountedIsTheLongest() throws Exception {
        try (Sandboxes sandboxes = TestSandboxes.connect(HOST);
                Sandbox sandbox = sandboxes.open(TestSandboxes.spec())) {
            assertThat(sandbox.run(new Command("echo done", Duration.ofSeconds(Long.MAX_VALUE)))
                            .output())
                    .isEqualTo("done\n");
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
