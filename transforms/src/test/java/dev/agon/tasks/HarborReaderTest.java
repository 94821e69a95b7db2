package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.agon.sandbox.SandboxConfig;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarborReaderTest {

    private static final String DOCKERFILE = "FROM debian:12\nWORKDIR /app\nCOPY input.txt /app/\n";

    private static final HostSystem HOST = new HostSystem(name -> false, name -> false, null, "linux/amd64");

    @TempDir
    Path temp;

    @Test
    void aFolderIsATaskWhoseTestsAndSolutionNoAgentSees() throws Exception {
        task(
                "count",
                "version = \"1.0\"\n[agent]\ntimeout_sec = 900.5\n[verifier]\ntimeout_sec = 90.0\n"
                        + "[environment]\nmemory = \"2G\"\nallow_internet = true\nenv = { MODE = \"x\" }\n");

        TaskSet read = read();

        assertThat(read.failures()).isEmpty();
        ReadTask count = read.tasks().get(0);
        Task task = count.task();
        assertThat(task.getTaskId()).isEqualTo("count");
        assertThat(task.getDataSet()).isEqualTo("harbor:" + temp.getFileName());
        assertThat(task.getStatement()).isEqualTo("Count.");
        assertThat(task.getWorkdir()).isEqualTo("/app");
        assertThat(task.getFiles()).extracting(TaskFile::getPath).containsExactly("input.txt");
        assertThat(task.getEnvironment()).extracting("name", "value").containsExactly(tuple("MODE", "x"));
        assertThat(task.getWallTimeS()).isEqualTo(901);
        assertThat(task.toString()).doesNotContain("SECRET");
        assertThat(count.truth().getTimeoutS()).isEqualTo(90);
        assertThat(count.truth().getVerdict()).isEqualTo("reward");
        assertThat(count.truth().getSandbox()).isEqualTo("rollout");
        assertThat(count.truth().getFilesFolder()).isEqualTo("/tests");
        assertThat(count.truth().getFiles()).extracting(TaskFile::getPath).containsExactly("test.sh");
        assertThat(count.truth().getFiles())
                .allSatisfy(file -> assertThat(StandardCharsets.UTF_8
                                .decode(file.getContent().duplicate())
                                .toString())
                        .doesNotContain("SECRET solution"));
        assertThat(count.obstacle(SandboxConfig.Kind.NAMESPACE)).isEmpty();
        assertThat(count.obstacle(SandboxConfig.Kind.HOST)).get().asString().contains("/tests");
    }

    @Test
    void thePathMayBeOneTask() throws Exception {
        task("count", "");

        TaskSet read = new HarborReader(HOST).read(temp.resolve("count"));

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("count");
        assertThat(read.tasks().get(0).task().getDataSet()).isEqualTo("harbor:" + temp.getFileName());
        assertThat(read.tasks().get(0).truth().getTimeoutS()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [environment]@gpus = 1                           | needs a GPU
            [environment]@os = "windows"                     | needs the operating system windows
            [environment.healthcheck]@command = "true"       | needs a service
            [verifier]@environment_mode = "separate"         | is graded in a container of its own
            [verifier.env]@KEY = "${API_KEY}"                | needs a variable of this machine in KEY
            [[steps]]@name = "one"                           | has several steps
            """)
    void whatNoSandboxHasKeepsATaskFromRunning(String toml, String obstacle) throws Exception {
        task("count", toml.replace("@", "\n"));

        assertThat(read().tasks().get(0).obstacle(SandboxConfig.Kind.NAMESPACE))
                .get()
                .asString()
                .contains(obstacle);
    }

    @Test
    void aTaskThatCannotBeBuiltNeedsItsImage() throws Exception {
        Path task = task("count", "[environment]\ndocker_image = \"registry/count:1\"\n");
        Files.writeString(task.resolve("environment/Dockerfile"), DOCKERFILE + "RUN make\n");

        ReadTask read = read().tasks().get(0);

        assertThat(read.task().getImage()).isEqualTo("registry/count:1");
        assertThat(read.obstacle(SandboxConfig.Kind.NAMESPACE)).get().asString().contains("registry/count:1");
    }

    @Test
    void onlyTheComposeFileOfHarborsNameIsNoFileOfTheTask() throws Exception {
        Path task = task("count", "");
        Files.writeString(task.resolve("environment/docker-compose.yml"), "services: {}\n");
        assertThat(read().tasks().get(0).obstacle(SandboxConfig.Kind.NAMESPACE)).isEmpty();
        Files.writeString(task.resolve("environment/docker-compose.yaml"), "services: {}\n");
        assertThat(read().tasks().get(0).obstacle(SandboxConfig.Kind.NAMESPACE))
                .contains("needs the containers of its docker-compose.yaml");
    }

    @Test
    void testsThatFetchWhatTheyNeedWouldFailEverySubmission() throws Exception {
        Path task = task("count", "");
        Files.writeString(
                task.resolve("tests/test.sh"), "# curl in a comment\nif true; then apt-get install -y x; fi\n");

        assertThat(read().tasks().get(0).obstacle(SandboxConfig.Kind.NAMESPACE))
                .get()
                .asString()
                .contains("(test.sh: `apt-get`)");
    }

    @Test
    void whatCannotBeReadIsLeftOutWithItsFileAndField() throws Exception {
        task("good", "");
        task("bad-toml", "[agent\n");
        task("bad-type", "[agent]\ntimeout_sec = \"long\"\n");
        task("bad-env", "[environment.env]\nPY = 3.10\n");
        task("bad-time", "[verifier]\ntimeout_sec = nan\n");
        Files.delete(task("no-instruction", "").resolve("instruction.md"));
        Files.delete(task("no-tests", "").resolve("tests/test.sh"));
        Files.delete(task("no-container", "").resolve("environment/Dockerfile"));
        Files.write(task("binary", "").resolve("instruction.md"), new byte[] {(byte) 0xff, 0});
        Path steps = task("steps", "");
        Files.createDirectories(steps.resolve("steps/one"));
        Files.delete(steps.resolve("instruction.md"));

        TaskSet read = read();

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("good");
        assertThat(read.failures())
                .extracting(Failure::getMessage)
                .allSatisfy(message -> assertThat(message).startsWith(temp + ":"))
                .satisfiesExactly(
                        bad -> assertThat(bad)
                                .contains(
                                        "bad-env: task.toml: environment.env.PY: is the number 3.10, expected text, in"
                                                + " quotes, such as \"3.10\""),
                        bad -> assertThat(bad)
                                .contains(
                                        "bad-time: task.toml: verifier.timeout_sec: is the number NaN, expected seconds, more than 0"),
                        bad -> assertThat(bad).contains("bad-toml: task.toml: line 1: not readable as TOML"),
                        bad -> assertThat(bad)
                                .contains("agent.timeout_sec: is the text \"long\", expected seconds, more than 0"),
                        bad -> assertThat(bad).contains("binary: instruction.md is not UTF-8 text"),
                        bad -> assertThat(bad).contains("environment/Dockerfile is missing"),
                        bad -> assertThat(bad).contains("instruction.md is missing"),
                        bad -> assertThat(bad).contains("tests/test.sh is missing"),
                        bad -> assertThat(bad).contains("several steps"));
    }

    private TaskSet read() throws BadInputException {
        return new HarborReader(HOST).read(temp);
    }

    private Path task(String name, String toml) throws IOException {
        Path task = temp.resolve(name);
        for (String part : new String[] {"environment", "tests", "solution"}) {
            Files.createDirectories(task.resolve(part));
        }
        Files.writeString(task.resolve("instruction.md"), "Count.\n");
        Files.writeString(task.resolve("task.toml"), toml);
        Files.writeString(task.resolve("environment/Dockerfile"), DOCKERFILE);
        Files.writeString(task.resolve("environment/input.txt"), "a\n");
        Files.writeString(task.resolve("tests/test.sh"), "echo SECRET test\n");
        Files.writeString(task.resolve("solution/solve.sh"), "echo SECRET solution\n");
        return task;
    }
}
