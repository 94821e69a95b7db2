package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanEvalFixReaderTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXAMPLES =
            "def check(half):\n    assert half(8) == 4\n    assert half(-2) == -1, 'sign'\n    assert True\ncheck(half)\n";
    private static final String TEST =
            "def check(half):\n    assert half(8) == 4\n    assert half(-2) == -1\n    assert half(7) == 3\ncheck(half)\n";

    @TempDir
    Path temp;

    @Test
    void readsOneRow() throws Exception {
        TaskSet read = read(row("Python/7"));

        assertThat(read.failures()).isEmpty();
        ReadTask half = read.tasks().get(0);
        assertThat(half.task())
                .isEqualTo(Task.newBuilder()
                        .setTaskId("Python/7")
                        .setDataSet("humanevalfix:rows.jsonl")
                        .setSource(temp.resolve("rows.jsonl") + ":1")
                        .setStatement("The function `half` in solution.py has a bug. Find it and fix it in solution.py;"
                                + " the function's name and parameters stay as they are.\n\n"
                                + "The function was written for this assignment:\n\nHalve, round down.")
                        .setWorkdir("/work")
                        .setVisibleCheck("PYTHONHASHSEED=0 python3 -BsS check.py")
                        .setFiles(half.task().getFiles())
                        .setContentHash(half.task().getContentHash())
                        .build());
        assertThat(half.task().getFiles()).extracting(TaskFile::getPath).containsExactly("check.py", "solution.py");
        assertThat(text(half.task().getFiles().get(0)))
                .contains("\nEXAMPLES = r'''\n" + EXAMPLES.stripTrailing() + "\n'''\n");
        assertThat(text(half.task().getFiles().get(1))).isEqualTo("def half(n):\n    return n // 3\n");
        assertThat(half.truth().getTaskId()).isEqualTo("Python/7");
        assertThat(half.truth().getSandbox()).isEqualTo("fresh");
    }

    @Test
    void aRowWithoutExamplesHasNoVisibleCheck() throws Exception {
        ReadTask task = read(row("Python/7").put("example_test", "\n")).tasks().get(0);

        assertThat(task.task().getVisibleCheck()).isNull();
        assertThat(task.task().getFiles()).extracting(TaskFile::getPath).containsExactly("solution.py");
    }

    @Test
    void nothingHiddenIsInATask() throws Exception {
        ReadTask read = read(row("Python/7")).tasks().get(0);
        TaskFile hidden = read.truth().getFiles().get(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Task.getEncoder().encode(read.task(), bytes);
        String serialised = bytes.toString(StandardCharsets.UTF_8) + read.task();

        assertThat(text(hidden)).contains("half(7) == 3", read.truth().getMarker());
        assertThat(serialised)
                .doesNotContain(
                        "half(7)",
                        "n // 2",
                        "the text",
                        "the prompt",
                        "the symptoms",
                        "the type",
                        hidden.getPath(),
                        read.truth().getMarker());
    }

    @Test
    void theVisibleCheckPrintsEachAssertionAndTheCount() throws Exception {
        ReadTask task = read(row("Python/7")).tasks().get(0);

        assertThat(CheckRun.of(task.task().getVisibleCheck(), lay(task)))
                .isEqualTo(new CheckRun(1, "FAIL half(8): expected 4, got 2\nPASS half(-2)\n1 of 2 checks passed\n"));
        assertThat(check(task, "def half(n):\n    return n // 2"))
                .isEqualTo(new CheckRun(0, "PASS half(8)\nPASS half(-2)\n2 of 2 checks passed\n"));
        assertThat(check(task, "def half(n):\n    return [n][n] // 2")).isEqualTo(new CheckRun(1, """
                        FAIL half(8): got IndexError: list index out of range (solution.py line 2)
                        FAIL half(-2): got IndexError: list index out of range (solution.py line 2)
                        0 of 2 checks passed
                        """));
        assertThat(check(task, "def half(n)\n"))
                .isEqualTo(
                        new CheckRun(
                                1,
                                "FAIL solution.py does not load: SyntaxError: expected ':' (solution.py, line 1)\n0 of 2 checks passed\n"));
        assertThat(check(task, "def half(n):\n    while n > 0: pass\n    return -1"))
                .isEqualTo(
                        new CheckRun(1, "FAIL half(8): did not end within 0.5 s of CPU time\n0 of 2 checks passed\n"));
        assertThat(check(task, "def half(n):\n    raise SystemExit(0)").code()).isEqualTo(1);
    }

    @Test
    void examplesOfOtherShapesRunToo() throws Exception {
        String examples = """
                def check(half):
                    n = 4
                    assert not half(0)
                    for m in (8, 6):
                        assert half(m) == n
                        n -= 1
                    assert abs(half(4) - 2) < 1
                    assert half(3) == "\\n'"
                check(half)
                """;
        ReadTask task =
                read(row("Python/7").put("example_test", examples)).tasks().get(0);
        assertThat(check(task, "def half(n):\n    return n // 2").output()).isEqualTo("""
                        PASS not half(0)
                        PASS for m in (8, 6): assert half(m) == n n -= 1
                        PASS abs(half(4) - 2) < 1
                        FAIL half(3): expected "\\n'", got 1
                        3 of 4 checks passed
                        """);

        String whole = "assert half(8) == 4\nprint('''quoted''')\n";
        task = read(row("Python/7").put("example_test", whole)).tasks().get(0);
        assertThat(check(task, "def half(n):\n    return n // 2").output())
                .isEqualTo("quoted\nPASS examples\n1 of 1 checks passed\n");
        assertThat(check(task, "def half(n):\n    return n").output())
                .isEqualTo("FAIL examples: got AssertionError:\n0 of 1 checks passed\n");
    }

    @Test
    void onlyAProgramThatPassesTheWholeHiddenTestReachesTheMarker() throws Exception {
        ReadTask task = read(row("Python/7")).tasks().get(0);

        assertThat(grade(task, "def half(n):\n    return n // 2\n")).isTrue();
        assertThat(grade(task, "def half(n):\n    return int(n / 2) or -1\n"))
                .as("passes too")
                .isTrue();
        assertThat(grade(task, "def half(n):\n    return n // 3\n")).isFalse();
        assertThat(grade(task, "def half(n):\n    return n / 2\n"))
                .as("over-fitted")
                .isFalse();
        assertThat(grade(task, "raise SystemExit(0)\n")).isFalse();
        assertThat(grade(task, "import os\ndef half(n):\n    os._exit(0)\n")).isFalse();
        assertThat(grade(task, "def half(n):\n    while True: pass\n")).isFalse();
        assertThat(grade(task, "from half import half\n")).isFalse();
    }

    @Test
    void otherFilesOfTheSubmissionAreFoundButReplaceNoModule() throws Exception {
        ReadTask task = read(row("Python/7")).tasks().get(0);
        Path work = lay(task);
        Files.writeString(work.resolve("resource.py"), "print('passed')\nraise SystemExit(0)\n");
        Files.writeString(work.resolve("check.py"), "print('2 of 2 checks passed')\n");
        assertThat(grade(task, "def half(n):\n    return n // 3\n")).isFalse();
        Files.writeString(work.resolve("halves.py"), "def half(n):\n    return n // 2\n");
        assertThat(grade(task, "from halves import half\n")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"task_id": "Python/1", "decl        | not readable as JSON at column
            [1]                                  | the record is a list of 1, expected a JSON object
            "x"                                  | the record is the text "x", expected a JSON object
            {} {}                                | not readable as JSON at column
            {}                                   | task_id: is missing, expected text
            {"task_id": 7}                       | task_id: is the number 7, expected text
            {"task_id": null}                    | task_id: is null, expected text
            {"task_id": " "}                     | task_id: is the text " ", expected text that is not blank
            {"task_id": "../x"}                  | `task_id` is `../x`: none of its parts
            {"task_id": "Rust/0"}                | `task_id` is `Rust/0`: only Python rows can be run
            {"task_id": "Python/1"}              | declaration: is missing, expected text
            """)
    void aMalformedLineInTheMiddleRejectsItselfAlone(String line, String message) throws Exception {
        TaskSet read =
                readLines(row("Python/0").toString(), line, row("Python/2").toString());

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("Python/0", "Python/2");
        assertThat(read.failures()).hasSize(1);
        Failure failure = read.failures().get(0);
        assertThat(failure.getStep()).isEqualTo("tasks");
        assertThat(failure.getKind()).isEqualTo("bad_input");
        assertThat(failure.getElementId()).isEqualTo(temp.resolve("rows.jsonl") + ":2");
        assertThat(failure.getMessage())
                .startsWith(failure.getElementId() + ": ")
                .contains(message)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"declaration", "buggy_solution", "example_test", "test", "entry_point", "instruction"})
    void everyFieldIsNeeded(String field) throws Exception {
        ObjectNode lacking = row("Python/1");
        lacking.remove(field);

        assertThat(read(row("Python/0"), lacking).failures())
                .extracting(Failure::getMessage)
                .containsExactly(temp.resolve("rows.jsonl") + ":2: " + field + ": is missing, expected text");
    }

    @Test
    void bytesThatAreNotTextAndRecordsThatAreTooLargeAreRejected() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {'"', (byte) 0xe9, '"', '\n'});
        bytes.write(new byte[TaskContent.MAX_BYTES + 1]);
        bytes.write(("\r\n\n" + row("Python/0")).getBytes(StandardCharsets.UTF_8));
        Files.write(temp.resolve("rows.jsonl"), bytes.toByteArray());

        TaskSet read = new HumanEvalFixReader().read(temp.resolve("rows.jsonl"));

        assertThat(read.tasks())
                .extracting(task -> task.task().getSource())
                .containsExactly(temp.resolve("rows.jsonl") + ":4");
        assertThat(read.failures().get(0).getMessage()).contains("rows.jsonl:1: the record is not UTF-8 text");
        assertThat(read.failures().get(1).getMessage()).contains("rows.jsonl:2: the record is larger than 16 MiB");
        assertThat(read.failures()).hasSize(2);
    }

    @Test
    void theFirstOfTwoRowsWithOneIdIsKept() throws Exception {
        TaskSet read = read(row("Python/0"), row("Python/0").put("instruction", "Other."));

        assertThat(read.tasks()).hasSize(1);
        assertThat(read.tasks().get(0).task().getStatement()).endsWith("Halve, round down.");
        assertThat(read.failures()).extracting(Failure::getTaskId).containsExactly("Python/0");
        assertThat(read.failures().get(0).getMessage())
                .contains("rows.jsonl:2: ", "already taken by " + temp.resolve("rows.jsonl") + ":1");
    }

    @Test
    void aDataSetThatCannotBeReadIsAnError() throws Exception {
        Path file = temp.resolve("rows.jsonl");
        assertThatThrownBy(() -> new HumanEvalFixReader().read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file + " does not exist");
        assertThatThrownBy(() -> new HumanEvalFixReader().read(temp))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is not a file");
        assertThatThrownBy(() -> readLines(""))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file + " holds no task");
        assertThatThrownBy(() -> readLines("{", "["))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("none of the 2 records")
                .hasMessageContaining("rows.jsonl:1");
    }

    @Test
    void everyRowOfTheRealDataSetIsReadAndHidesItsTests() throws Exception {
        Path file = Path.of("../../shared/data/humanevalfix-python-dev.jsonl");
        assumeTrue(Files.exists(file), file + " is not there: the test of all real rows is left out");
        List<String> lines = Files.readAllLines(file);

        TaskSet read = new HumanEvalFixReader().read(file);

        assertThat(read.failures()).isEmpty();
        assertThat(read.tasks()).hasSameSizeAs(lines).hasSize(82);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode row = JSON.readTree(lines.get(i));
            Task task = read.tasks().get(i).task();
            assertThat(task.getTaskId()).isEqualTo(row.get("task_id").textValue());
            assertThat(task.getVisibleCheck() == null)
                    .isEqualTo(row.get("example_test").textValue().isBlank());
            String program = row.get("declaration").textValue()
                    + row.get("buggy_solution").textValue();
            assertThat(text(task.getFiles().get(task.getFiles().size() - 1))).isEqualTo(program);
            String visible = task.getStatement()
                    + String.join(
                            "",
                            task.getFiles().stream()
                                    .map(HumanEvalFixReaderTest::text)
                                    .toList());
            row.get("test")
                    .textValue()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("assert"))
                    .filter(line -> !row.get("example_test").textValue().contains(line))
                    .forEach(hidden -> assertThat(visible).doesNotContain(hidden));
        }
    }

    private static ObjectNode row(String taskId) {
        return JSON.createObjectNode()
                .put("task_id", taskId)
                .put("prompt", "the prompt")
                .put("declaration", "def half(n):\n")
                .put("buggy_solution", "    return n // 3\n")
                .put("canonical_solution", "    return n // 2\n")
                .put("example_test", EXAMPLES)
                .put("test", TEST)
                .put("text", "the text")
                .put("entry_point", "half")
                .put("instruction", "Halve, round down.\n")
                .put("bug_type", "the type")
                .put("failure_symptoms", "the symptoms");
    }

    private TaskSet read(ObjectNode... rows) throws Exception {
        return readLines(Arrays.stream(rows).map(ObjectNode::toString).toArray(String[]::new));
    }

    private TaskSet readLines(String... lines) throws IOException, BadInputException {
        Path file = temp.resolve("rows.jsonl");
        Files.writeString(file, String.join("\n", lines));
        return new HumanEvalFixReader().read(file);
    }

    private Path lay(ReadTask task) throws IOException {
        return CheckRun.lay(task.task().getFiles(), temp.resolve("work"));
    }

    private CheckRun check(ReadTask task, String solution) throws IOException, InterruptedException {
        Path work = lay(task);
        Files.writeString(work.resolve("solution.py"), solution);
        return CheckRun.of(task.task().getVisibleCheck(), work);
    }

    private boolean grade(ReadTask task, String solution) throws IOException, InterruptedException {
        Path work = CheckRun.lay(task.truth().getFiles(), temp.resolve("work"));
        Files.writeString(work.resolve("solution.py"), solution);
        return CheckRun.of(task.truth().getCommand(), work).passes(task.truth().getMarker());
    }

    private static String text(TaskFile file) {
        return StandardCharsets.UTF_8.decode(file.getContent().duplicate()).toString();
    }
}
