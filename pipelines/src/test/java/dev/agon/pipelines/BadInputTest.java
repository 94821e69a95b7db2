package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who gets something wrong: exit code 2 and one message, or rows of failures and the rest of the run. */
class BadInputTest {

    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void writeConfig() throws IOException {
        config = folder.resolve("run.yaml");
        Files.writeString(config, """
                name: small
                seed: 3
                tasks: {format: humanevalfix, path: rows.jsonl}
                model: {provider: repair}
                scaling: {rollouts: 1, iterations: 1, votes: 1}
                agent: {step_limit: 4}
                """);
    }

    @Test
    void aDataSetThatIsNotThere() {
        refused("rows.jsonl", "--out", folder.resolve("out").toString());
    }

    @Test
    void anEmptyDataSet() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), "");
        refused("rows.jsonl", "--out", folder.resolve("out").toString());
    }

    @Test
    void anUnknownTask() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), row("Python/1"));
        refused(
                "the nearest id is `Python/1`",
                "--tasks",
                "Python/2",
                "--out",
                folder.resolve("out").toString());
    }

    @Test
    void anUnknownKeyAndAnUnknownOption() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), row("Python/1"));
        refused("did you mean `rollouts`?", "--set", "scaling.rolouts=3");
        refused(
                "`scaling.context_size` is 4, but a task has only 3 rollouts",
                "--set",
                "scaling.rollouts=3",
                "--set",
                "scaling.iterations=2");
        refused(
                "Did you mean --overwrite?",
                "--overwite",
                "--out",
                folder.resolve("out").toString());
        refused(
                "not an option of agon or Beam",
                "--targetParalellism=3",
                "--out",
                folder.resolve("out").toString());
    }

    @Test
    void aFolderThatIsNoRunIsNotTouched() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), row("Python/1"));
        Path precious = folder.resolve("home/letter.txt");
        Files.createDirectories(precious.getParent());
        Files.writeString(precious, "dear");
        refused("is not the folder of a run", "--out", precious.getParent().toString());
        assertThat(precious).hasContent("dear");
    }

    @Test
    void anOutputThatCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), row("Python/1"));
        Path file = folder.resolve("file");
        Files.writeString(file, "not a folder");
        refused("cannot be written", "--out", file.resolve("out").toString());
    }

    @Test
    void limitsThatCannotBeGiven() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), row("Python/1"));
        for (String[] beyond : new String[][] {
            {"sandbox.memory_mb=99999999", "sandbox.memory_mb is 99999999, and this machine has"},
            {"sandbox.disk_mb=99999999", "sandbox.disk_mb is 99999999, and what a sandbox writes is kept in memory"}
        }) {
            refused(
                    beyond[1],
                    "--set",
                    beyond[0],
                    "--out",
                    folder.resolve("out").toString());
        }
    }

    @Test
    void protectionsThatAreUnknownOrLacking() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), row("Python/1"));
        String out = folder.resolve("out").toString();
        refused(
                "`sandbox.require` is `memmory`: did you mean `memory`? Valid: user, processes, files,",
                "--set",
                "sandbox.require=[user, memmory]",
                "--out",
                out);
        refused(
                "sandbox.require has `user`, which is off here",
                "--set",
                "sandbox.kind=host",
                "--set",
                "sandbox.require=user",
                "--out",
                out);
    }

    @Test
    void aPromptThatCannotBeRendered() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), row("Python/1"));
        Path judge = Files.writeString(
                folder.resolve("judge.jinja"), "{{ candidates|join }}\n{% if fence == 1 %}{{ statment }}{% endif %}\n");
        for (String key : List.of("roles.judge.prompt", "prompts.judge")) {
            refused(
                    "`" + key + "`: template " + judge + ", line 2: undefined variable `statment`; defined are:"
                            + " candidates, evidence, fence, statement",
                    "--set",
                    key + "=" + judge,
                    "--out",
                    folder.resolve("out").toString());
        }
        assertThat(folder.resolve("out.journal")).doesNotExist();
    }

    @Test
    void badRecordsAreRowsOfFailuresAndTheRestIsRun() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        Files.writeString(
                folder.resolve("rows.jsonl"),
                row("Python/1") + "{\"task_id\": \"Python/2\", oops\n" + row("Python/1") + row("Python/3"));
        Path out = folder.resolve("out");
        Outcome outcome = RunEndToEndTest.execute("run", config.toString(), "--out", out.toString());
        assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(1);
        assertThat(outcome.text()).contains("2 elements failed");
        RunQuery query = new RunQuery(out);
        assertThat(query.number("SELECT count(*) FROM rollouts")).isEqualTo(2);
        assertThat(query.number("SELECT count(*) FROM failures WHERE step = 'tasks' AND kind = 'bad_input'"
                        + " AND element_id LIKE '%rows.jsonl:2'"))
                .isEqualTo(1);
        assertThat(query.number("SELECT count(*) FROM failures WHERE message LIKE '%already taken by%rows.jsonl:1%'"))
                .isEqualTo(1);
        assertThat(query.number("SELECT count(*) FROM votes")).isZero();
    }

    /** Names of files are 255 bytes long at most, and an id is part of many. */
    @Test
    void aTaskMayHaveAnyIdOfAThousandCharacters() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        List<String> ids =
                List.of("在仓库中修复配置解析器处理空值时的错误行为并补充单元测试用例", "z".repeat(1_000), "Python/" + "ü/".repeat(496) + "ü", "ok");
        Files.writeString(
                folder.resolve("rows.jsonl"),
                ids.stream().map(BadInputTest::row).collect(Collectors.joining()));
        Path out = folder.resolve("out");
        Outcome outcome = RunEndToEndTest.execute("run", config.toString(), "--out", out.toString());
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(new RunQuery(out).number("SELECT count(*) FROM grades")).isEqualTo(4);
        assertThat(new RunQuery(out).number("SELECT max(length(task_id)) FROM rollouts"))
                .isEqualTo(1_000);
        Outcome again = RunEndToEndTest.execute("run", config.toString(), "--out", out.toString());
        assertThat(again.text()).contains("(4 from the journal)");
        for (String format : List.of("mini-swe-agent", "atif", "harbor")) {
            Path files = folder.resolve(format);
            Outcome export = RunEndToEndTest.execute(
                    "export", "trajectories", out.toString(), "--format", format, "--out", files.toString());
            assertThat(export.text()).contains("4 rollouts are in " + files);
        }
    }

    private void refused(String message, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "run";
        args[1] = config.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        Outcome outcome = RunEndToEndTest.execute(args);
        assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(2);
        assertThat(outcome.text()).contains("error:").contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve("out/run.json")).doesNotExist();
    }

    private static String row(String id) {
        return """
                {"task_id": "%s", "declaration": "def twice(x):\\n", "buggy_solution": "    return x * 3\\n", \
                "canonical_solution": "    return x * 2\\n", "example_test": "def check(twice):\\n    assert twice(2) == 4\\ncheck(twice)\\n", \
                "test": "def check(twice):\\n    assert twice(3) == 6\\ncheck(twice)\\n", "entry_point": "twice", \
                "instruction": "Write a Python function `twice(x)` that doubles.", "docstring": "doubles", "bug_type": "value misuse"}
                """.formatted(id);
    }
}
