package dev.agon.sandbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault it is when the first process of a sandbox is killed: the kernel's count of what the memory limit killed tells. */
class SandboxAbusedTest {

    @ParameterizedTest
    @CsvSource({"1, dev.agon.sandbox.SandboxAbusedException", "0, dev.agon.sandbox.SandboxException"})
    void aServerThatTheMemoryLimitKilledIsTheFaultOfWhatRanInside(long kills, Class<?> expected) throws Exception {
        WorkerFolder folder = WorkerFolder.create();
        Path script = folder.path().resolve("server.pl");
        WorkerFolder.writeScript("server.pl", script);
        Process server = new ProcessBuilder(
                        "/usr/bin/perl", "-w", script.toString(), System.getProperty("os.arch"), "host")
                .start();
        try (Sandbox sandbox = ServerSandbox.setUp(
                server,
                folder.path().toString(),
                List.of(),
                Map.of(),
                SandboxLimits.DEFAULTS,
                Optional.of(new MemoryGroup() {
                    @Override
                    public long kills() {
                        return server.isAlive() ? 0 : kills;
                    }

                    @Override
                    public void raise(SandboxLimits limits) {
                        throw new AssertionError("nothing is graded here");
                    }
                }),
                () -> {})) {
            assertThatThrownBy(() -> sandbox.run(new Command("kill -9 $PPID; sleep 60", Duration.ofSeconds(60))))
                    .isExactlyInstanceOf(expected)
                    .hasMessageContaining("the sandbox's server ended");
        } finally {
            folder.remove(false);
        }
    }
}
