package dev.agon.pipelines.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agon cluster} as a user has it: the packaged jars, a JVM for each command, and JVMs that outlive it. */
class ClusterIT {

    private static final String SECRET = "sk-cluster-it-8f2c";

    @TempDir
    Path temporary;

    private ClusterFolder folder;

    @BeforeEach
    void aFolderWithAnAwkwardName() {
        folder = new ClusterFolder(temporary.resolve("a 'cluster'"));
    }

    @AfterEach
    void stop() throws Exception {
        agon("stop");
    }

    @Test
    void aKilledTaskManagerIsNamedAndReplacedAndNothingIsLeftInTheEnd() throws Exception {
        FinishedCommand started = start();
        ClusterState first = folder.state().orElseThrow();
        assertThat(started.text())
                .contains("--runner=FlinkRunner --flinkMaster=" + first.address())
                .contains("Web page: http://" + first.address());
        assertThat(started.code()).isZero();
        JsonNode overview = new ObjectMapper()
                .readTree(URI.create("http://" + first.address() + "/overview")
                        .toURL()
                        .openStream());
        assertThat(overview.path("taskmanagers").asInt()).isEqualTo(2);
        assertThat(overview.path("slots-total").asInt()).isEqualTo(4);
        assertThat(overview.path("slots-available").asInt()).isEqualTo(4);
        assertThat(agon("status").code()).isZero();

        ClusterProcess victim = first.taskManagers(folder).get(0);
        victim.running(folder).orElseThrow().destroyForcibly();
        assertThat(Patience.real().until(Duration.ofSeconds(10), () -> !victim.runs(folder)))
                .isTrue();
        FinishedCommand status = agon("status");
        assertThat(status.text())
                .containsPattern("taskmanager-1 +" + victim.pid() + " +died; its log: .*taskmanager-1.log")
                .containsPattern("taskmanager-2 .*runs")
                .contains("1 of 3 processes died");
        assertThat(status.code()).isEqualTo(1);

        assertThat(start().code()).isZero();
        ClusterState second = folder.state().orElseThrow();
        assertThat(second.processes())
                .extracting(ClusterProcess::name)
                .containsExactly("jobmanager", "taskmanager-2", "taskmanager-3");
        assertThat(second.processes())
                .startsWith(first.processes().get(0), first.processes().get(2));
        assertThat(second.dead(folder)).isEmpty();
        assertThat(second.address()).isEqualTo(first.address());

        FinishedCommand elsewhere = agon("start", "--port", "1");
        assertThat(elsewhere.text())
                .contains("runs on port " + first.restPort())
                .doesNotContain("\tat ");
        assertThat(elsewhere.code()).isEqualTo(3);

        FinishedCommand stopped = agon("stop");
        assertThat(stopped.text()).isEqualTo("Stopped jobmanager, taskmanager-2, taskmanager-3.\n");
        assertThat(stopped.code()).isZero();
        assertThat(processesOfTheCluster()).isEmpty();
        assertThat(folder.temporary()).doesNotExist();
        assertThat(agon("status").text()).startsWith("No cluster runs in ");
        assertNoSecret();
    }

    /** Flink's processes have the secret in their environment, and nowhere else. */
    private void assertNoSecret() throws IOException {
        try (Stream<Path> files = Files.walk(folder.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(SECRET);
            }
        }
    }

    private Stream<ProcessHandle> processesOfTheCluster() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.path().toString()))
                        .isPresent());
    }

    private FinishedCommand start() throws Exception {
        return agon("start", "--task-managers", "2", "--slots", "2", "--heap", "256m", "--port", "0");
    }

    private FinishedCommand agon(String command, String... options) throws Exception {
        return FinishedCommand.run(folder, Map.of("OPENAI_API_KEY", SECRET), command, options);
    }
}
