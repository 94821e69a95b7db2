package dev.agon.sandbox;

import static dev.agon.sandbox.TestSandboxes.file;
import static dev.agon.sandbox.TestSandboxes.output;
import static dev.agon.sandbox.TestSandboxes.run;
import static dev.agon.sandbox.TestSandboxes.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.sandbox.CommandResult.End;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What namespaces keep apart, beside the programs of {@link HostilePrograms}. After each test the same sandbox still answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamespaceIsolationTest {

    private static final SandboxLimits LIMITS = new SandboxLimits(128, 32, 32, 1 << 20, 1, 4);

    private Sandboxes sandboxes;
    private Sandbox sandbox;

    @BeforeAll
    void connect() throws Exception {
        sandboxes = TestSandboxes.connect(SandboxConfig.defaults().withLimits(LIMITS));
    }

    @AfterAll
    void disconnect() {
        if (sandboxes != null) {
            sandboxes.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        sandbox = sandboxes.open(spec(file("task.txt", "task\n")));
    }

    @AfterEach
    void stillAnswers() throws Exception {
        CommandResult result = run(sandbox, "cat task.txt; echo works > after; cat after");
        assertThat(result.output()).isEqualTo("task\nworks\n");
        assertThat(result.ended()).isEqualTo(End.EXITED);
        sandbox.close();
    }

    @Test
    void runsAsNobodyWithoutCapabilities() throws Exception {
        assertThat(output(
                        sandbox,
                        "id -u; whoami; grep -E '^(Cap|NoNewPrivs)' /proc/self/status | awk '{print $2}' | sort -u"))
                .isEqualTo("1000\nagon\n0000000000000000\n1");
        assertThat(run(sandbox, "unshare --user true").returnCode()).isNotEqualTo(OptionalInt.of(0));
        assertThat(output(sandbox, "cat /proc/self/environ | tr '\\0' '\\n' | cut -d= -f1 | sort | xargs"))
                .isEqualTo("HOME LANG PATH PWD PYTHONDONTWRITEBYTECODE PYTHONHASHSEED SHELL SHLVL USER _");
    }

    @Test
    void seesNoProcessButItsOwn() throws Exception {
        // The shell itself expands the pattern, before it starts anything: it sees the server and itself.
        assertThat(output(sandbox, "ls -d /proc/[0-9]*").lines().toList()).hasSize(2);
        assertThat(output(
                        sandbox,
                        "cat /proc/1/environ /proc/1/maps 2>/dev/null | wc -c; ls /proc/1/fd 2>/dev/null | wc -l"))
                .isEqualTo("0\n0");
    }

    @Test
    void hasNoNetwork() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String connect = "exec 3<>/dev/tcp/127.0.0.1/" + listening.getLocalPort();
            assertThat(output(sandbox, connect)).contains("Connection refused");
            assertThat(output(sandbox, "ls /sys/class/net 2>/dev/null; awk 'NR>2{print $1}' /proc/net/dev"))
                    .isEqualTo("lo:");

            SandboxConfig open =
                    new SandboxConfig(SandboxConfig.Kind.NAMESPACE, SandboxConfig.Network.HOST, LIMITS, Map.of());
            try (Sandboxes connected = TestSandboxes.connect(open);
                    Sandbox other = connected.open(spec())) {
                assertThat(output(other, connect + " && echo connected")).isEqualTo("connected");
            }
        }
    }

    @Test
    void seesNothingOfTheHostsFilesButUsr(@TempDir Path hostFolder) throws Exception {
        Path secret = Files.writeString(hostFolder.resolve("secret"), "secret");
        assertThat(output(sandbox, "cat " + secret + " 2>&1")).contains("No such file");
        assertThat(output(sandbox, "ls -A /tmp /root /home /run /var /sys /opt /mnt 2>/dev/null | grep -v :"))
                .isEmpty();
        assertThat(output(sandbox, "ls / | grep -v lib | xargs")).isEqualTo("bin dev etc proc sbin testbed tmp usr");
        assertThat(
                        output(
                                sandbox,
                                "cat /etc/shadow /etc/ssh/* /etc/environment /etc/hostname 2>/dev/null; cat /etc/passwd | wc -l"))
                .isEqualTo("3");
    }

    @Test
    void canWriteNowhereButInItsThreePlaces() throws Exception {
        assertThat(output(sandbox, """
                        for place in / /usr /usr/bin /usr/local /etc /dev /proc /proc/sys/kernel /etc/agon-server.pl; do
                          if touch $place/x 2>/dev/null; then echo wrote $place; fi
                        done
                        echo x 2>/dev/null >> /etc/agon-server.pl && echo wrote server
                        touch /tmp/x /dev/shm/x /testbed/x && echo fine
                        """)).isEqualTo("fine");
        assertThat(output(sandbox, "echo x > /proc/sys/kernel/core_pattern || echo refused"))
                .endsWith("refused");
    }

    @Test
    void aForkBombHitsTheLimitOnProcesses() throws Exception {
        CommandResult result =
                sandbox.run(new Command("bomb() { bomb | bomb & }; bomb; sleep 2", Duration.ofSeconds(1)));
        assertThat(result.output()).contains("Resource temporarily unavailable");

        // All but the server and the Python that forks.
        assertThat(output(sandbox, """
                        python3 - <<'PY'
                        import os, time
                        for born in range(100):
                            try:
                                os.fork() or time.sleep(100)
                            except BlockingIOError:
                                print(born)
                                break
                        PY
                        """)).isEqualTo(Integer.toString(LIMITS.processes() - 3));
    }

    @Test
    void withoutMemoryGroupsEachProcessHasALimitAndThatIsSaid() throws Exception {
        SandboxConfig config = SandboxConfig.defaults().withLimits(LIMITS);
        try (Sandboxes groupless = NamespaceSandboxes.connect(config, Path.of("/"), false);
                Sandbox other = groupless.open(spec())) {
            assertThat(output(other, "python3 -c 'x = bytearray(1 << 30)' 2>&1; echo code $?"))
                    .endsWith("MemoryError\ncode 1");
            assertThat(groupless.protections())
                    .filteredOn(protection -> !protection.on())
                    .extracting(Protection::name)
                    .containsExactly("memory_group");
        }
    }

    @Test
    void aFullDiskIsAnObservationForAllThreePlacesTogether() throws Exception {
        CommandResult result = run(
                sandbox,
                "dd if=/dev/zero of=big bs=1M count=20 status=none; dd if=/dev/zero of=/tmp/big bs=1M count=20 status=none;"
                        + "dd if=/dev/zero of=/dev/shm/big bs=1M count=20 status=none; du -cm big /tmp/big /dev/shm/big | tail -1");
        assertThat(result.output()).contains("No space left on device").endsWith("32\ttotal\n");
        run(sandbox, "rm big /tmp/big /dev/shm/big");
    }

    @Test
    void filesThatStayLeaveTheServerItsMemory() throws Exception {
        SandboxLimits little = new SandboxLimits(32, 32, 128, 1 << 20, 5, 4);
        try (Sandboxes small = TestSandboxes.connect(SandboxConfig.defaults().withLimits(little));
                Sandbox full = small.open(spec())) {
            for (int i = 0; i < 3; i++) {
                run(
                        full,
                        "head -c 200M /dev/zero > big" + i + "; mkdir -p d; cd d; seq " + i + "0000000 40 " + i
                                + "1000000 | xargs touch");
                assertThat(output(full, "echo alive")).isEqualTo("alive");
            }
            assertThat(output(full, "touch one more 2>&1")).contains("No space left on device");
        }
    }

    @Test
    void aFloodOfFilesIsAnObservation() throws Exception {
        CommandResult result = run(sandbox, "mkdir many; cd many; seq 30000 | xargs touch");
        assertThat(result.output()).contains("No space left on device");
        assertThat(output(sandbox, "ls many | wc -l").length()).isEqualTo(5);
        assertThat(sandbox.changes()).hasSizeGreaterThan(10_000);
        run(sandbox, "rm -r many");
    }

    @Test
    void aLinkOutOfTheWorkingTreeLeadsNowhere() throws Exception {
        run(sandbox, "ln -s /etc/passwd stolen; ln -s ../../../../etc outside; ln -s /proc/1/root up");
        assertThat(sandbox.changes()).extracting("kind").containsOnly("link").hasSize(3);
        sandbox.write(List.of(file("outside/passwd", "mine")));
        assertThat(output(sandbox, "cat outside/passwd; head -c 4 /etc/passwd")).isEqualTo("mineroot");
        run(sandbox, "rm -r stolen outside up");
    }

    @Test
    void aWorkingFolderWithoutPermissionsIsOpenedAgain() throws Exception {
        run(sandbox, "chmod 000 /testbed");
        assertThat(output(sandbox, "cat task.txt")).isEqualTo("task");
        run(sandbox, "chmod 000 /testbed");
        assertThat(sandbox.changes()).isEmpty();
    }

    @Test
    void largeTasksAreOverlaysAndSmallOnesAreNot() throws Exception {
        assertThat(output(sandbox, "stat -f -c %T .")).isEqualTo("tmpfs");
        byte[] large = new byte[2 << 20];
        try (Sandbox first = sandboxes.open(spec(file("a/large", large, false), file("b", "b")));
                Sandbox second = sandboxes.open(spec(file("a/large", large, false), file("b", "b")))) {
            assertThat(output(first, "stat -f -c %T .")).isIn("overlayfs", "UNKNOWN (0x794c7630)");
            assertThat(output(first, "rm -r a; mkdir a; echo own > a/f; echo c > b; ls a"))
                    .isEqualTo("f");
            assertThat(first.changes()).extracting("path").containsExactly("a/f", "a/large", "b");
            assertThat(second.changes()).isEmpty();
            assertThat(output(second, "wc -c < a/large; cat b")).isEqualTo("2097152\nb");
        }
    }

    @Test
    void workingFoldersCannotStandInTheSystemsPlace() {
        for (String workdir : List.of("/", "relative", "/usr/src/app", "/etc", "/proc/x", "/dev/shm", "/work/../etc")) {
            assertThatThrownBy(() -> sandboxes.open(new Sandboxes.Spec(workdir, List.of(), Map.of())))
                    .as(workdir)
                    .isInstanceOf(SandboxException.class);
        }
    }
}
