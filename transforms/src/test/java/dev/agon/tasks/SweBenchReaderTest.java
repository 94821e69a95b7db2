package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.schemas.Failure;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweBenchReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MB = 1 << 20;

    @TempDir
    Path temp;

    @Test
    void anOldRowIsATaskInTheImageOfItsId() throws Exception {
        ReadTask read = only(row("Pallets__Flask-1"));

        Task task = read.task();
        assertThat(task.getTaskId()).isEqualTo("Pallets__Flask-1");
        assertThat(task.getDataSet()).isEqualTo("swebench:rows.jsonl");
        assertThat(task.getSource()).isEqualTo(temp.resolve("rows.jsonl") + ":1");
        assertThat(task.getStatement()).isEqualTo("The problem.");
        assertThat(task.getWorkdir()).isEqualTo("/testbed");
        assertThat(task.getFiles()).isEmpty();
        assertThat(task.getVisibleCheck()).isNull();
        assertThat(task.getImage()).isEqualTo("docker.io/swebench/sweb.eval.x86_64.pallets_1776_flask-1:latest");
        GroundTruth truth = read.truth();
        assertThat(truth.getTaskId()).isEqualTo("Pallets__Flask-1");
        assertThat(truth.getVerdict()).isEqualTo("tests");
        assertThat(truth.getFailToPass()).containsExactly("test_a.py::test[x, y]");
        assertThat(truth.getPassToPass()).containsExactly("test_b.py::test_1", "test_b.py::test_2");
        assertThat(truth.getCommand()).isEmpty();
    }

    @Test
    void aNewRowBringsItsImageAndItsScriptAndItsListsAreLists() throws Exception {
        ObjectNode row = row("a__b-1").put("image", "registry/own:1").put("eval_script", "run tests");
        row.putArray("FAIL_TO_PASS").add("one").add("two");
        row.putArray("PASS_TO_PASS");
        row.put("log_parser", "pytest").put("eval_type", "pass_and_fail").putNull("image_assets");

        ReadTask read = only(row);

        assertThat(read.task().getImage()).isEqualTo("registry/own:1");
        assertThat(read.truth().getFailToPass()).containsExactly("one", "two");
        assertThat(read.truth().getPassToPass()).isEmpty();
        assertThat(read.truth().getCommand()).isEqualTo("run tests");
    }

    @ParameterizedTest
    @CsvSource({"image_name", "docker_image"})
    void anOverrideOfTheImageGoesFirst(String field) throws Exception {
        assertThat(only(row("a__b-1").put("image", "registry/own:1").put(field, "other:2"))
                        .task()
                        .getImage())
                .isEqualTo("other:2");
    }

    @Test
    void whatMustStayHiddenIsNowhereInTheTask() throws Exception {
        ObjectNode row = row("a__b-1").put("image", "registry/own:1").put("eval_script", "SECRET eval");

        ReadTask read = only(row);

        assertThat(read.task().toString()).doesNotContain("SECRET").doesNotContain("test_a.py");
        assertThat(read.truth().toString()).doesNotContain("SECRET fix").doesNotContain("SECRET hint");
    }

    @Test
    void hiddenFieldsDoNotEnterTheHashOfWhatAnAgentSees() throws Exception {
        String hash = only(row("a__b-1")).task().getContentHash();

        assertThat(only(row("a__b-1").put("patch", "another").put("FAIL_TO_PASS", "[]"))
                        .task()
                        .getContentHash())
                .isEqualTo(hash);
        assertThat(only(row("a__b-1").put("problem_statement", "Another."))
                        .task()
                        .getContentHash())
                .isNotEqualTo(hash);
    }

    @Test
    void linesListsParquetAndGzipHoldTheSameTasks() throws Exception {
        List<ObjectNode> rows = List.of(row("a__b-1").putNull("hints_text"), row("a__b-2"), row("a__b-3"));
        List<Path> files = List.of(
                RowFiles.lines(temp.resolve("lines.jsonl"), rows),
                RowFiles.list(temp.resolve("list.json"), rows),
                RowFiles.parquet(temp.resolve("rows.parquet"), rows),
                RowFiles.gzipped(temp.resolve("lines.jsonl.gz"), Files.readString(temp.resolve("lines.jsonl"))),
                RowFiles.gzipped(temp.resolve("list.json.gz"), Files.readString(temp.resolve("list.json"))));

        for (Path file : files) {
            TaskSet read = new SweBenchReader().read(file);
            assertThat(read.failures()).as(file.toString()).isEmpty();
            assertThat(read.tasks())
                    .as(file.toString())
                    .extracting(task -> task.task().getContentHash())
                    .isEqualTo(new SweBenchReader()
                            .read(files.get(0)).tasks().stream()
                                    .map(task -> task.task().getContentHash())
                                    .toList());
            assertThat(read.tasks())
                    .extracting(ReadTask::truth)
                    .hasSize(3)
                    .allSatisfy(truth -> assertThat(truth.getPassToPass()).hasSize(2));
        }
        assertThat(new SweBenchReader().read(files.get(1)).tasks().get(1).task().getSource())
                .isEqualTo(files.get(1) + ":record 2");
        assertThat(new SweBenchReader().read(files.get(2)).tasks().get(1).task().getSource())
                .isEqualTo(files.get(2) + ":row 2");
    }

    @Test
    void parquetMayHoldListsOfTexts() throws Exception {
        ObjectNode row = row("a__b-1");
        row.putArray("FAIL_TO_PASS").add("one").add("two");
        row.putArray("PASS_TO_PASS").add("three");

        ReadTask read = new SweBenchReader()
                .read(RowFiles.parquet(temp.resolve("rows.parquet"), List.of(row)))
                .tasks()
                .get(0);

        assertThat(read.truth().getFailToPass()).containsExactly("one", "two");
        assertThat(read.truth().getPassToPass()).containsExactly("three");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"instance_id": "x                                       | not readable as JSON at column
            {"instance_id": "x"} trailing                            | not readable as JSON at column
            7                                                        | the record is the number 7, expected a JSON object
            null                                                     | the record is null, expected a JSON object
            {}                                                       | instance_id: is missing, expected text
            {"instance_id": null}                                    | instance_id: is null, expected text
            {"instance_id": ["x"]}                                   | instance_id: is a list of 1, expected text
            {"instance_id": "a/../b"}                                | `instance_id` is `a/../b`
            {"instance_id": "x"}                                     | problem_statement: is missing, expected text
            {"instance_id": "x", "problem_statement": [1]}           | problem_statement: is a list of 1, expected text
            {"instance_id": "x", "problem_statement": " "}           | problem_statement: is the text " ", expected text that is not blank
            {"instance_id": "x", "problem_statement": "p"}           | FAIL_TO_PASS: is missing, expected a list of texts
            {"instance_id": "x", "problem_statement": "p", "FAIL_TO_PASS": "[oops"} | FAIL_TO_PASS: is the text "[oops", expected a list of texts, or a text that holds one as JSON
            {"instance_id": "x", "problem_statement": "p", "FAIL_TO_PASS": {}}      | FAIL_TO_PASS: is an object, expected a list of texts
            {"instance_id": "x", "problem_statement": "p", "FAIL_TO_PASS": [[]]}    | FAIL_TO_PASS[0]: is a list of 0, expected text
            {"instance_id": "x", "problem_statement": "p", "FAIL_TO_PASS": "7"}     | FAIL_TO_PASS: is the number 7, expected a list of texts
            """)
    void aMalformedRowRejectsItselfAlone(String line, String message) throws Exception {
        Path file = Files.writeString(
                temp.resolve("rows.jsonl"), row("a__b-1") + "\n" + line + "\n" + row("a__b-2") + "\n");

        TaskSet read = new SweBenchReader().read(file);

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("a__b-1", "a__b-2");
        assertThat(read.failures()).hasSize(1);
        Failure failure = read.failures().get(0);
        assertThat(failure.getKind()).isEqualTo("bad_input");
        assertThat(failure.getElementId()).isEqualTo(file + ":2");
        assertThat(failure.getMessage()).startsWith(file + ":2: ").contains(message);
    }

    @Test
    void wrongEncodingsAndBinaryLinesRejectThemselvesAlone() throws Exception {
        Path file = temp.resolve("rows.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write((row("a__b-1") + "\n").getBytes(StandardCharsets.UTF_8));
            out.write(row("a__b-2")
                    .put("problem_statement", "caf\u00e9")
                    .toString()
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write('\n');
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xff, '\n'});
            out.write((row("a__b-3").put("problem_statement", "caf\u00e9") + "\n").getBytes(StandardCharsets.UTF_8));
        }

        TaskSet read = new SweBenchReader().read(file);

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("a__b-1", "a__b-3");
        assertThat(read.failures())
                .extracting(Failure::getMessage)
                .containsExactly(
                        file + ":2: the record is not UTF-8 text: save the file as UTF-8",
                        file + ":3: the record is not UTF-8 text: save the file as UTF-8");
    }

    @Test
    void oneLineOf300MegabytesIsPassedOverInLittleMemory() throws Exception {
        Path file = temp.resolve("rows.jsonl");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write((row("a__b-1") + "\n{\"instance_id\": \"").getBytes(StandardCharsets.UTF_8));
            byte[] part = "x".repeat(MB).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 300; i++) {
                out.write(part);
            }
            out.write(("\"}\n" + row("a__b-2") + "\n").getBytes(StandardCharsets.UTF_8));
        }

        TaskSet read = new SweBenchReader().read(file);

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("a__b-1", "a__b-2");
        assertThat(read.failures())
                .extracting(Failure::getMessage)
                .containsExactly(file + ":2: the record is larger than 16 MiB: make it smaller, or check that each"
                        + " record stands on a line of its own");
    }

    @Test
    void aListIsReadRecordByRecordAndEndsWhereItIsNotJson() throws Exception {
        Path file = temp.resolve("rows.json");
        ObjectNode large = row("a__b-2");
        for (int i = 0; i < 20; i++) {
            large.putArray("junk" + i).add("x".repeat(MB));
        }
        Files.writeString(
                file, "[" + row("a__b-1") + "," + large + ", 7, " + row("a__b-3") + ", {\"instance_id\": \"a__b-4\",");

        TaskSet read = new SweBenchReader().read(file);

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("a__b-1", "a__b-3");
        assertThat(read.failures())
                .extracting(Failure::getElementId)
                .containsExactly(file + ":record 2", file + ":record 3", file + ":record 5");
        assertThat(read.failures().get(0).getMessage()).contains("larger than 16 MiB");
        assertThat(read.failures().get(1).getMessage()).contains("the record is the number 7");
        assertThat(read.failures().get(2).getMessage()).contains("not readable as JSON", "was not read");
    }

    @Test
    void theFirstOfTwoRowsWithOneIdIsKept() throws Exception {
        Path file = RowFiles.lines(
                temp.resolve("rows.jsonl"),
                List.of(row("a__b-1"), row("a__b-1").put("problem_statement", "Another."), row("a__b-2")));

        TaskSet read = new SweBenchReader().read(file);

        assertThat(read.tasks())
                .extracting(task -> task.task().getStatement())
                .containsExactly("The problem.", "The problem.");
        assertThat(read.failures()).extracting(Failure::getTaskId).containsExactly("a__b-1");
    }

    @Test
    void aFileThatIsDamagedIsReadAsFarAsItGoes() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append(row("a__b-" + i).put("problem_statement", "Problem " + Integer.toHexString(i * 7919)))
                    .append('\n');
        }
        Path file = RowFiles.gzipped(temp.resolve("rows.jsonl.gz"), lines.toString());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 100));

        TaskSet read = new SweBenchReader().read(file);

        assertThat(read.tasks()).hasSizeBetween(1000, 1999);
        assertThat(read.failures()).hasSize(1);
        assertThat(read.failures().get(0).getMessage()).contains("the compressed file is damaged from here on");

        Path parquet = Files.writeString(temp.resolve("rows.parquet"), "PAR1 and no more");
        assertThatThrownBy(() -> new SweBenchReader().read(parquet))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("not readable as Parquet");
    }

    @Test
    void allRowsOfTheRealDataSetAreReadAsLinesAndAsParquet() throws Exception {
        Path file = SharedData.file("swebench-verified-rows.jsonl.gz");
        assumeTrue(Files.exists(file), file + " is not there: the test of all real rows is left out");
        List<ObjectNode> rows = new ArrayList<>();
        try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add((ObjectNode) JSON.readTree(line));
            }
        }
        assertThat(rows).hasSize(500);

        TaskSet read = new SweBenchReader().read(file);
        TaskSet parquet = new SweBenchReader().read(RowFiles.parquet(temp.resolve("rows.parquet"), rows));

        assertThat(read.failures()).isEmpty();
        assertThat(parquet.failures()).isEmpty();
        assertThat(parquet.tasks()).hasSize(500);
        assertThat(read.tasks()).hasSize(500);
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = rows.get(i);
            Task task = read.tasks().get(i).task();
            GroundTruth truth = read.tasks().get(i).truth();
            String id = row.get("instance_id").textValue();
            assertThat(task.getTaskId()).isEqualTo(id);
            assertThat(task.getImage())
                    .isEqualTo("docker.io/swebench/sweb.eval.x86_64."
                            + id.replace("__", "_1776_").toLowerCase(Locale.ROOT) + ":latest");
            assertThat(truth.getFailToPass())
                    .isNotEmpty()
                    .hasSize(JSON.readTree(row.get("FAIL_TO_PASS").textValue()).size());
            assertThat(truth.getPassToPass())
                    .hasSize(JSON.readTree(row.get("PASS_TO_PASS").textValue()).size());
            assertThat(task.toString()).doesNotContain(row.get("patch").textValue());
            assertThat(parquet.tasks().get(i).task().getContentHash()).isEqualTo(task.getContentHash());
            assertThat(parquet.tasks().get(i).truth()).isEqualTo(truth);
        }
    }

    private static ObjectNode row(String id) {
        return JSON.createObjectNode()
                .put("repo", "a/b")
                .put("instance_id", id)
                .put("base_commit", "abc")
                .put("patch", "SECRET fix")
                .put("test_patch", "SECRET tests")
                .put("problem_statement", "The problem.")
                .put("hints_text", "SECRET hint")
                .put("FAIL_TO_PASS", "[\"test_a.py::test[x, y]\"]")
                .put("PASS_TO_PASS", "[\"test_b.py::test_1\", \"test_b.py::test_2\"]");
    }

    private ReadTask only(ObjectNode row) throws Exception {
        TaskSet read = new SweBenchReader().read(RowFiles.lines(temp.resolve("rows.jsonl"), List.of(row)));
        assertThat(read.failures()).isEmpty();
        assertThat(read.tasks()).hasSize(1);
        return read.tasks().get(0);
    }
}
