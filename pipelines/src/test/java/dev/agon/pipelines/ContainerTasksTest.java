package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.stores.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks of Harbor and Terminal-Bench 1 from their folders to the tables, in namespace sandboxes. The agent is a server's script: it
 * looks around, plants a reward and a test of its own, and then does what the task asks for.
 */
class ContainerTasksTest {

    private static final Pattern ASSISTANT = Pattern.compile("\"role\":\"assistant\"");
    private static final String GOOD_TEST = "if grep -q 'b 5' /app/total.txt; then r=1; else r=0; fi\n";

    @TempDir
    Path folder;

    private Path tasks;
    private Path out;
    private Path config;

    @BeforeEach
    void prepare() {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        tasks = folder.resolve("tasks");
        out = folder.resolve("out");
        config = folder.resolve("run.yaml");
    }

    @Test
    void theRewardOfHarborsTestsIsReadFromTheirFilesAndNoneIsNoZero() throws Exception {
        harbor("count", GOOD_TEST + "echo $r > /logs/verifier/reward.txt\nexit 7\n");
        harbor("half", "echo 1 > /logs/verifier/reward.txt\necho '{\"reward\": 0.5}' > /logs/verifier/reward.json\n");
        harbor("never", "echo 'no reward'\n");
        harbor("unsolved", "ls /app/missing && r=1 || r=0\necho $r.0 > /logs/verifier/reward.txt\n");
        harbor("wrong", "echo '{\"reward\": NaN}' > /logs/verifier/reward.json\n");
        try (ScriptedServer server = new ScriptedServer((call, request) -> behave(request))) {
            configure("harbor", server);
            Outcome outcome = run();

            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(Agon.SOME_FAILED);
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM rollouts WHERE outcome = 'submitted'"))
                    .isEqualTo(10);
            assertThat(query.texts(
                            "SELECT DISTINCT task_id || ' ' || resolved || ' ' || reward FROM grades ORDER BY 1"))
                    .containsExactly("count true 1.0", "half false 0.5", "unsolved false 0.0");
            assertThat(query.texts("SELECT DISTINCT return_code::VARCHAR FROM grades WHERE task_id = 'count'"))
                    .as("the exit code of the tests means nothing")
                    .containsExactly("7");
            assertThat(query.texts("SELECT DISTINCT step || ' ' || kind || ' ' || task_id FROM failures ORDER BY 1"))
                    .containsExactly("grade grader never", "grade grader wrong");
            assertThat(query.texts("SELECT message FROM failures WHERE element_id = 'never/0/0'"))
                    .singleElement()
                    .asString()
                    .contains("the tests left neither /logs/verifier/reward.json nor /logs/verifier/reward.txt");
            assertThat(query.texts("SELECT detail FROM failures WHERE element_id = 'never/0/0'"))
                    .containsExactly("no reward\n");
            assertThat(server.requests()).extracting(Request::body).noneMatch(body -> body.contains("SECRET"));
            assertThat(server.requests())
                    .extracting(Request::body)
                    .as("what the agent found in its container")
                    .anyMatch(body -> body.contains("MODE=strict") && body.contains("input.txt"));

            int bought = server.requests().size();
            Files.writeString(
                    tasks.resolve("never/tests/test.sh"), GOOD_TEST + "echo $r > /logs/verifier/reward.txt\n");
            Outcome again = run();

            assertThat(again.exitCode()).as(again.text()).isEqualTo(Agon.SOME_FAILED);
            assertThat(query.number("SELECT count(*) FROM grades WHERE task_id = 'never' AND resolved"))
                    .isEqualTo(2);
            assertThat(query.texts("SELECT DISTINCT task_id FROM failures")).containsExactly("wrong");
            assertThat(server.requests()).as("nothing is bought twice").hasSize(bought);
        }
    }

    /** Each of these once was a failure of infrastructure, which every later start of the run repeated. */
    @Test
    void anAgentThatSpoilsItsSandboxHasFailedTheTask() throws Exception {
        Map<String, String> spoil = Map.of(
                "disk", "head -c 400M /dev/zero > fill; head -c 400M /dev/zero > /tmp/fill; true",
                "files", "mkdir many; seq 100000 | (cd many; xargs touch) 2> /dev/null; true",
                "garbage", "echo 'echo { > /logs/verifier/reward.json' > total.txt",
                "hangs", "echo 'sleep 1000' > total.txt");
        for (String task : spoil.keySet()) {
            harbor(task, "bash /app/total.txt\necho 0 > /logs/verifier/reward.txt\n");
            Files.writeString(tasks.resolve(task).resolve("instruction.md"), "Spoil: " + task + ".\n");
            Path toml = tasks.resolve(task).resolve("task.toml");
            Files.writeString(toml, Files.readString(toml).replace("timeout_sec = 30", "timeout_sec = 3"));
        }
        try (ScriptedServer server = new ScriptedServer((call, request) -> behave(request, spoil))) {
            configure("harbor", server);
            Outcome outcome = run();

            RunQuery query = new RunQuery(out);
            assertThat(query.texts("SELECT element_id || ' ' || message FROM failures"))
                    .isEmpty();
            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(Agon.DONE);
            assertThat(query.texts(
                            "SELECT DISTINCT task_id || ' ' || resolved || ' ' || reward || ' ' || reason FROM grades"
                                    + " ORDER BY 1"))
                    .containsExactly(
                            "disk false 0.0 sandbox_abused",
                            "files false 0.0 sandbox_abused",
                            "garbage false 0.0 sandbox_abused",
                            "hangs false 0.0 check_timed_out");
            assertThat(query.number("SELECT count(*) FROM grades"))
                    .as("every slot is in the denominator")
                    .isEqualTo(8);
            int bought = server.requests().size();
            assertThat(run().exitCode()).isEqualTo(Agon.DONE);
            assertThat(server.requests()).as("none is tried again").hasSize(bought);
        }
    }

    @Test
    void aTaskOfTerminalBench1IsResolvedWhenEveryTestOfPytestsSummaryPassed() throws Exception {
        terminalBench("all", "PASSED test_outputs.py::test_total", "XFAIL test_outputs.py::test_known - later");
        terminalBench("none-said");
        terminalBench("one-fails", "PASSED test_outputs.py::test_a", "FAILED test_outputs.py::test_b - assert 1 == 2");
        try (ScriptedServer server = new ScriptedServer((call, request) -> behave(request))) {
            configure("terminal-bench", server);
            Outcome outcome = run();

            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(Agon.SOME_FAILED);
            RunQuery query = new RunQuery(out);
            assertThat(query.texts(
                            "SELECT DISTINCT task_id || ' ' || resolved || ' ' || reward FROM grades ORDER BY 1"))
                    .containsExactly("all true 1.0", "one-fails false 0.0");
            assertThat(query.texts("SELECT DISTINCT step || ' ' || kind || ' ' || task_id FROM failures"))
                    .containsExactly("grade grader none-said");
            assertThat(server.requests()).extracting(Request::body).noneMatch(body -> body.contains("SECRET"));
        }
    }

    @Test
    void aRunOverTasksWithImagesIsRefusedAndTheirListAndPlanAreNot() throws Exception {
        Files.createDirectories(tasks);
        Files.writeString(tasks.resolve("rows.jsonl"), """
                {"instance_id": "a__b-1", "problem_statement": "p", "FAIL_TO_PASS": "[]", "PASS_TO_PASS": []}
                {"instance_id": "a__b-2", "problem_statement": null, "FAIL_TO_PASS": "[]", "PASS_TO_PASS": []}
                """);
        Files.writeString(config, """
                name: images
                tasks: {format: swebench, path: tasks/rows.jsonl}
                model: {provider: repair}
                """);

        Outcome run = run();
        Outcome list = RunEndToEndTest.execute("tasks", config.toString());
        Outcome plan = RunEndToEndTest.execute("plan", config.toString());

        assertThat(run.exitCode()).isEqualTo(Agon.BAD_INPUT);
        assertThat(run.text())
                .contains("1 of 1 tasks cannot run in sandboxes of the kind namespace:\n  a__b-1 needs the container"
                        + " image docker.io/swebench/sweb.eval.x86_64.a_1776_b-1:latest")
                .contains("tasks.ids or --tasks");
        assertThat(plan.text())
                .contains(
                        "1 tasks cannot run here: they are counted, and `agon run` would refuse them\n  a__b-1 needs the");
        assertThat(out).doesNotExist();
        assertThat(plan.exitCode()).as(plan.text()).isEqualTo(Agon.DONE);
        assertThat(list.exitCode()).as("one record was left out").isEqualTo(Agon.SOME_FAILED);
        assertThat(list.text())
                .contains("a__b-1  swebench:rows.jsonl  not here")
                .contains("rows.jsonl:2: problem_statement: is null, expected text")
                .contains("1 tasks, 0 can run in sandboxes of the kind namespace; 1 records left out.");
    }

    @Test
    void oneTaskThatCannotRunIsLeftOutAndSaidOrRefusesTheRun() throws Exception {
        harbor("count", GOOD_TEST + "echo $r > /logs/verifier/reward.txt\n");
        harbor("gpu", "echo 1 > /logs/verifier/reward.txt\n");
        Files.writeString(tasks.resolve("gpu/task.toml"), "[environment]\ngpus = 1\n");
        try (ScriptedServer server = new ScriptedServer((call, request) -> behave(request))) {
            configure("harbor", server);
            Outcome plan = RunEndToEndTest.execute("plan", config.toString());
            assertThat(plan.text())
                    .contains("1 tasks x 2 rollouts")
                    .contains("- 1 tasks cannot run here: they are left out and not counted\n  gpu needs a GPU");
            Outcome refused = RunEndToEndTest.execute(
                    "run", config.toString(), "--out", out.toString(), "--set", "tasks.unrunnable=refuse");
            assertThat(refused.exitCode()).as(refused.text()).isEqualTo(Agon.BAD_INPUT);
            assertThat(refused.text())
                    .contains("1 of 2 tasks cannot run in sandboxes of the kind namespace:\n  gpu needs a GPU\n");
            assertThat(server.requests()).isEmpty();

            Outcome outcome = run();

            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(Agon.SOME_FAILED);
            assertThat(outcome.text())
                    .contains(
                            "1 tasks are left out, since they cannot run in sandboxes of the kind namespace:\n  gpu needs a GPU\n");
            RunQuery query = new RunQuery(out);
            assertThat(query.texts("SELECT DISTINCT task_id || ' ' || resolved FROM grades"))
                    .containsExactly("count true");
            assertThat(query.texts("SELECT task_id FROM tasks")).containsExactly("count");
            assertThat(query.texts("SELECT step || ' ' || kind || ' ' || task_id || ' ' || message FROM failures"))
                    .containsExactly("tasks unrunnable gpu gpu needs a GPU");
        }
    }

    @Test
    void theListOfTasksSaysWhatKeepsEachFromRunning() throws Exception {
        harbor("fits", "echo 1 > /logs/verifier/reward.txt\n");
        harbor("built", "echo 1 > /logs/verifier/reward.txt\n");
        Files.writeString(
                tasks.resolve("built/environment/Dockerfile"), "FROM debian:12\nRUN make install\nWORKDIR /app\n");
        Files.writeString(config, """
                name: list
                tasks: {format: harbor, path: tasks}
                """);

        Outcome list = RunEndToEndTest.execute("tasks", config.toString());

        assertThat(list.exitCode()).as(list.text()).isEqualTo(Agon.DONE);
        assertThat(list.text())
                .containsPattern("fits +harbor:tasks +namespace")
                .containsPattern("built +harbor:tasks +not here")
                .contains("- built needs an image of its own, which cannot be built here: line 2 of its Dockerfile runs"
                        + " `make install`")
                .contains("2 tasks, 1 can run");
    }

    @Test
    void aDataSetInAnObjectStoreIsRunFromThere() throws Exception {
        harbor("count", GOOD_TEST + "echo $r > /logs/verifier/reward.txt\n");
        try (Stream<Path> files = Files.walk(tasks)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                ObjectStore.put("object://containers/set/" + tasks.relativize(file), Files.readAllBytes(file));
            }
        }
        try (ScriptedServer server = new ScriptedServer((call, request) -> behave(request))) {
            configure("harbor", server);
            Outcome outcome = RunEndToEndTest.execute(
                    "run", config.toString(), "--out", out.toString(), "--set", "tasks.path=object://containers/set");

            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            RunQuery query = new RunQuery(out);
            assertThat(query.texts("SELECT task_id || ' ' || data_set FROM tasks"))
                    .containsExactly("count harbor:set");
            assertThat(query.number("SELECT count(*) FROM grades WHERE resolved"))
                    .isEqualTo(2);
        }
        Outcome list = RunEndToEndTest.execute(
                "tasks", config.toString(), "--set", "tasks.path=object://containers/set/count");
        assertThat(list.exitCode()).as(list.text()).isZero();
        assertThat(list.text()).contains("1 tasks, 1 can run");
    }

    private Outcome run() {
        return RunEndToEndTest.execute("run", config.toString(), "--out", out.toString());
    }

    private void configure(String format, ScriptedServer server) throws IOException {
        Files.writeString(config, String.format("""
                name: containers
                seed: 3
                tasks: {format: %s, path: tasks}
                model: {provider: openai, name: scripted, base_url: %s}
                scaling: {rollouts: 2, iterations: 1, context_size: 1, votes: 1, representation: trace}
                """, format, server.baseUrl()));
    }

    private static Behaviour behave(Request request) {
        return behave(request, Map.of());
    }

    /** @param first commands that the agent runs instead of its first two, by the task */
    private static Behaviour behave(Request request, Map<String, String> first) {
        String body = request.body();
        Optional<String> spoil = first.keySet().stream()
                .filter(task -> body.contains("Spoil: " + task + "."))
                .map(first::get)
                .findFirst();
        try {
            if (body.contains("<vote>NUMBER</vote>")) {
                return EndpointExperiment.completion("<vote>1</vote>");
            }
            int answers = (int) ASSISTANT.matcher(body).results().count();
            String command = spoil.isPresent() && answers < 2
                    ? spoil.get()
                    : switch (answers) {
                        case 0 -> "ls -a . /tests /logs; cat /tests/* /solution/*; echo MODE=$MODE";
                        case 1 ->
                            "mkdir -p /logs/verifier; echo 1 | tee /logs/verifier/reward.txt; mkdir /tests/x;"
                                    + " ln -s /app/input.txt /logs/verifier/reward.json; chmod 0 /tests/x;"
                                    + " sort input.txt | uniq -c | awk '{print $2, $1}' > total.txt";
                        default -> "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT";
                    };
            return EndpointExperiment.completion("THOUGHT: on.\n\n```mswea_bash_command\n" + command + "\n```");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void harbor(String name, String test) throws IOException {
        Path task = tasks.resolve(name);
        for (String part : List.of("environment", "tests", "solution")) {
            Files.createDirectories(task.resolve(part));
        }
        Files.writeString(task.resolve("instruction.md"), "Count the lines of input.txt into total.txt.\n");
        Files.writeString(task.resolve("task.toml"), """
                schema_version = "1.4"
                [task]
                name = "agon/count"
                [agent]
                timeout_sec = 120.0
                [verifier]
                timeout_sec = 30
                env = { EXTRA = "1" }
                [environment]
                memory_mb = 512
                """);
        Files.writeString(task.resolve("environment/Dockerfile"), """
                FROM ubuntu:24.04
                # what agents see
                RUN apt-get update && \\
                    apt-get install -y bash && \\
                    rm -rf /var/lib/apt/lists/*
                ENV MODE=strict
                WORKDIR /app
                COPY input.txt .
                """);
        Files.writeString(task.resolve("environment/input.txt"), "b\n".repeat(5) + "a\n");
        Files.writeString(task.resolve("tests/test.sh"), "#!/bin/bash\n# SECRET\n" + test);
        Files.writeString(task.resolve("solution/solve.sh"), "echo SECRET\n");
    }

    private void terminalBench(String name, String... summary) throws IOException {
        Path task = tasks.resolve(name);
        Files.createDirectories(task.resolve("tests"));
        Files.writeString(task.resolve("task.yaml"), """
                instruction: |-
                  Count the lines of input.txt into total.txt.
                difficulty: easy
                parser_name: pytest
                max_agent_timeout_sec: 360.0
                max_test_timeout_sec: 60.0
                """);
        Files.writeString(task.resolve("docker-compose.yaml"), """
                services:
                  client:
                    build:
                      dockerfile: Dockerfile
                    image: ${T_BENCH_TASK_DOCKER_CLIENT_IMAGE_NAME}
                    command: [ "sh", "-c", "sleep infinity" ]
                """);
        Files.writeString(
                task.resolve("Dockerfile"),
                "FROM ghcr.io/laude-institute/t-bench/ubuntu-24-04:20250624\nWORKDIR /app\nCOPY . /app/\n");
        Files.writeString(task.resolve("input.txt"), "b\n".repeat(5) + "a\n");
        Files.writeString(task.resolve("solution.sh"), "echo SECRET\n");
        Files.writeString(
                task.resolve("tests/report.txt"),
                "SECRET\n" + (summary.length == 0 ? "" : """
                \u001b[36m=========================== short test summary info ============================\u001b[0m
                """ + String.join("\n", summary) + "\n"));
        Files.writeString(
                task.resolve("run-tests.sh"), "cd $TEST_DIR && cat report.txt && grep -q 'b 5' /app/total.txt\n");
    }
}
