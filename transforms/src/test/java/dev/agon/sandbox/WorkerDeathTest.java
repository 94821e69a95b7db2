package dev.agon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker of its own process, with a secret in its environment, that is killed while a command runs. */
class WorkerDeathTest {

    private static final String SECRET = "hunter2-of-the-parent";

    /** The worker: says what commands see of the secret, then runs one that never ends. */
    public static final class Worker {
        public static void main(String[] arguments) throws Exception {
            Sandboxes sandboxes = SandboxConfig.defaults().connect();
            Sandbox sandbox = sandboxes.open(TestSandboxes.spec());
            System.out.println(TestSandboxes.run(sandbox, "env; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'")
                    .output());
            System.out.println("READY");
            sandbox.run(new Command("(setsid sleep 1000 &) ; sleep 1000", Duration.ofSeconds(1000)));
        }
    }

    @Test
    void nothingOfItLeaksInAndNothingOfItStaysBehind(@TempDir Path temporary) throws Exception {
        TestSandboxes.connect(SandboxConfig.defaults()).close();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName());
        builder.environment().put("AGON_TEST_SECRET", SECRET);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process worker = builder.start();
        StringBuilder seen = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.equals("READY"); line = lines.readLine()) {
            seen.append(line).append('\n');
        }
        assertThat(seen).contains("PYTHONHASHSEED=0").doesNotContain(SECRET);

        List<ProcessHandle> family = worker.descendants().toList();
        assertThat(family).hasSizeGreaterThanOrEqualTo(3);
        for (ProcessHandle member : family) {
            Path environment = Path.of("/proc/" + member.pid() + "/environ");
            if (Files.isReadable(environment)) {
                assertThat(environmentOf(environment)).doesNotContain(SECRET);
            }
        }

        worker.destroyForcibly().waitFor();
        for (ProcessHandle member : family) {
            member.onExit().get(30, TimeUnit.SECONDS);
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).hasSize(1);
        }
        String previous = System.setProperty("java.io.tmpdir", temporary.toString());
        try (Sandboxes next = TestSandboxes.connect(SandboxConfig.defaults());
                Sandbox sandbox = next.open(new Sandboxes.Spec("/work", List.of(), Map.of()))) {
            assertThat(TestSandboxes.output(sandbox, "echo fine")).isEqualTo("fine");
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left)
                        .singleElement()
                        .asString()
                        .contains("-" + ProcessHandle.current().pid() + "-");
            }
        } finally {
            System.setProperty("java.io.tmpdir", previous);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private static String environmentOf(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (FileSystemException e) {
            // It has ended since it was listed, and has none any more.
            return "";
        }
    }
}
