package dev.agon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hostile programs of {@code hostile-programs.yaml} in one kind of sandboxes. Each must come to nothing, and the next command
 * of the same sandbox must find what it would have found without it: priority, processors, limits, no process, nothing shared.
 * What they did is a table, {@code target/hostile-programs/KIND.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostilePrograms {

    static final SandboxLimits LIMITS = new SandboxLimits(128, 32, 32, 1 << 20, 1, 4);

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** What a command inherits from its sandbox: priority, policy, processors, limits; in one of its own also pid 1's. */
    private static final String STATE = """
            rm -f program.py grows
            state() { read -r line < /proc/$1/stat; set -- ${line##*) }; echo priority ${16} ${17} policy ${39}; }
            processors() { while read -r key value; do [[ $key = Cpus_allowed: ]] && echo processors $value; done < /proc/$1/status; }
            state self; processors self; ulimit -aH; ulimit -aS; ionice
            """;

    private static final String OWN_STATE = """
            state 1; processors 1; set -- /proc/[0-9]*; echo processes $#
            for kind in shm sem msg; do mapfile -t objects < /proc/sysvipc/$kind; echo $kind ${#objects[@]}; done
            """;
    private static final String CLEAN = """
            chmod -R u+rwx . 2>/dev/null; rm -rf ./* ./.[!.]* "${HOME:?}"/* "${HOME:?}"/.[!.]* 2>/dev/null; echo clean
            """;

    /** One program, as the file has it. */
    record Program(
            String name,
            String tries,
            String needs,
            String by,
            String bash,
            String python,
            String shows,
            String ends,
            Integer timeoutMs,
            List<String> changes) {

        @Override
        public String toString() {
            return name;
        }
    }

    private final Map<String, String> table = new LinkedHashMap<>();
    private Path host;
    private ServerSocket port;
    private ServerSocketChannel socket;
    private Process abstractSocket;
    private Sandboxes sandboxes;
    private Sandbox sandbox;
    private String before;
    private boolean stoodIt;

    abstract Sandboxes connectOwn() throws Exception;

    private boolean isOn(String protection) {
        return sandboxes.protections().stream().anyMatch(p -> p.name().equals(protection) && p.on());
    }

    @BeforeAll
    void connect(@TempDir Path folder) throws Exception {
        host = folder;
        sandboxes = connectOwn();
        Files.writeString(host.resolve("secret"), "the host's secret");
        port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(host.resolve("socket")));
        abstractSocket = new ProcessBuilder(
                        "perl",
                        "-MSocket",
                        "-e",
                        "$|=1; socket S, AF_UNIX, SOCK_STREAM, 0; bind S, sockaddr_un(\"\\0$ARGV[0]\") or die $!; listen S, 9; print 1; <STDIN>",
                        abstractName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(abstractSocket.getInputStream().read()).isEqualTo('1');
    }

    private String abstractName() {
        return "agon-hostile-" + ProcessHandle.current().pid() + getClass().getSimpleName();
    }

    @AfterAll
    void disconnect() throws Exception {
        if (sandboxes == null) {
            return;
        }
        closeSandbox();
        sandboxes.close();
        port.close();
        socket.close();
        abstractSocket.destroyForcibly();
        Path file = Files.createDirectories(Path.of("target/hostile-programs"))
                .resolve(getClass().getSimpleName() + ".md");
        Files.writeString(
                file,
                "| program | tries | contained by | what came of it |\n|---|---|---|---|\n"
                        + String.join("", table.values()));
    }

    static List<Program> programs() throws Exception {
        try (InputStream file = HostilePrograms.class.getResourceAsStream("hostile-programs.yaml")) {
            return YAML.readValue(file, new TypeReference<>() {});
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void isContained(Program program) throws Exception {
        if (program.needs() != null && !isOn(program.needs())) {
            note(program, "not contained here", "not tried");
            assumeTrue(false, program.needs() + " is off in these sandboxes");
        }
        open();
        int timeout = Optional.ofNullable(program.timeoutMs()).orElse(60_000);
        String script = program.bash();
        if (program.python() != null) {
            sandbox.write(List.of(TestSandboxes.file("program.py", "from hostile import *\n" + program.python())));
            script = "exec python3 program.py";
        }
        CommandResult result = sandbox.run(new Command(script, Duration.ofMillis(timeout)));

        assertThat(result.output().strip()).as(result.toString()).matches(program.shows());
        assertThat(List.of(Optional.ofNullable(program.ends()).orElse("exited").split("\\|")))
                .as(result.toString())
                .contains(result.ended().id());
        assertThat(TestSandboxes.output(sandbox, state())).isEqualTo(before);
        List<String> changes = changes();
        if (program.changes() != null) {
            assertThat(changes).isEqualTo(program.changes());
        }
        assertThat(TestSandboxes.output(sandbox, CLEAN)).isEqualTo("clean");
        stoodIt = true;
        note(program, program.by(), result.ended().id() + first(result.output()));
    }

    /** The sandbox of the programs before, or one in the place of one that did not stand it. */
    private void open() throws Exception {
        if (stoodIt) {
            sandbox.write(spec().files());
        } else {
            closeSandbox();
            sandbox = sandboxes.open(spec());
            before = TestSandboxes.output(sandbox, state());
        }
        stoodIt = false;
    }

    private void closeSandbox() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private String state() {
        return isOn("processes") ? STATE + OWN_STATE : STATE;
    }

    private Sandboxes.Spec spec() throws Exception {
        try (InputStream library = HostilePrograms.class.getResourceAsStream("hostile.py")) {
            return new Sandboxes.Spec(
                    "/testbed",
                    List.of(
                            TestSandboxes.file("hostile.py", library.readAllBytes(), false),
                            TestSandboxes.file("task.txt", "task\n")),
                    Map.of(
                            "HOST_PORT", Integer.toString(port.getLocalPort()),
                            "HOST_SOCKET", host.resolve("socket").toString(),
                            "HOST_SECRET", host.resolve("secret").toString(),
                            "HOST_ABSTRACT", abstractName(),
                            "HOST_KIND", isOn("processes") ? "" : "host"));
        }
    }

    private List<String> changes() throws Exception {
        try {
            List<String> found = new ArrayList<>();
            sandbox.changes().forEach(change -> {
                assertThat(change.getContent() == null ? "" : text(change.getContent()))
                        .doesNotContain("the host's secret");
                found.add(change.getKind() + " " + change.getPath());
            });
            return found;
        } catch (SubmissionTooLargeException e) {
            return List.of("too large");
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }

    private void note(Program program, String by, String outcome) {
        table.put(
                program.name(),
                "| " + program.name() + " | " + program.tries() + " | " + by + " | " + outcome + " |\n");
    }

    private static String first(String output) {
        String line =
                output.lines().findFirst().orElse("").replaceAll("[^ -~]", "?").replace("|", "\\|");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(60, line.length()));
    }
}
