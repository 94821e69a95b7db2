package dev.agon.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agon.fields.Field;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * HumanEvalFix and HumanEvalPack rows, Python, as a file of records (formats of bigcode-project/octopack).
 *
 * <p>An agent sees the row's instruction, {@code solution.py} with the buggy program, and {@code check.py}, which runs the row's
 * {@code example_test} unless that is blank. The hidden side runs the row's {@code test} from a script with a name that no agent can
 * know. It prints a marker when all of the test ran, so that a program that ends early does not pass.
 */
final class HumanEvalFixReader implements TaskReader {

    private static final JsonMapper JSON = new JsonMapper();
    // -S and -s leave out site packages, which would take most of the start. The hash seed fixes the order of sets.
    private static final String PYTHON = "PYTHONHASHSEED=0 python3 -BsS ";
    private static final String CHECK = resource("humanevalfix-check.py");
    private static final String HIDDEN = resource("humanevalfix-hidden.py");

    @Override
    public String format() {
        return "humanevalfix";
    }

    @Override
    public TaskSet read(Path path) throws BadInputException {
        TaskSetBuilder tasks = new TaskSetBuilder(path.toString());
        RecordFile.read(path, tasks.records((place, record) -> task(Row.parse(record), path, place)));
        return tasks.build();
    }

    private static ReadTask task(Row row, Path path, String place) {
        List<TaskFile> files = new ArrayList<>();
        boolean checked = !row.exampleTest().isBlank();
        if (checked) {
            files.add(file("check.py", CHECK.replace("@EXAMPLES@", readableLiteral(row.exampleTest()))));
        }
        files.add(file("solution.py", row.program()));
        Task task = TaskContent.hashed(Task.newBuilder()
                .setTaskId(row.taskId())
                .setDataSet("humanevalfix:" + path.getFileName())
                .setSource(place)
                .setStatement(statement(row))
                .setWorkdir("/work")
                .setFiles(files)
                .setVisibleCheck(checked ? PYTHON + "check.py" : null));
        return new ReadTask(
                task,
                truth(row),
                () -> ReferenceSolution.ofFiles(row.solution().map(text -> file("solution.py", text)).stream()
                        .toList()));
    }

    private static String statement(Row row) {
        return "The function `" + row.entryPoint() + "` in solution.py has a bug. Find it and fix it in solution.py;"
                + " the function's name and parameters stay as they are.\n\nThe function was written for this assignment:\n\n"
                + row.instruction().strip();
    }

    private static GroundTruth truth(Row row) {
        String secret = Ids.sha256("humanevalfix", row.taskId(), row.test());
        String name = "hidden_" + secret.substring(0, 12) + ".py";
        String marker = "passed " + secret.substring(12, 28);
        String script = HIDDEN.replace("@MARKER@", marker).replace("@TEST@", literal(row.test()));
        return GroundTruth.newBuilder()
                .setTaskId(row.taskId())
                .setFiles(List.of(file(name, script)))
                .setCommand(PYTHON + name)
                .setMarker(marker)
                .build();
    }

    /** A Python literal; a raw string where that is possible, so that the text stays readable. */
    private static String readableLiteral(String text) {
        boolean plain = !text.contains("'''") && text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t');
        return plain ? "r'''\n" + text.stripTrailing() + "\n'''" : literal(text);
    }

    /** Every JSON string is a Python string. */
    private static String literal(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TaskFile file(String path, String text) {
        return TaskFile.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static String resource(String name) {
        try (InputStream in = HumanEvalFixReader.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The fields of a row that Agon reads.
     *
     * @param taskId such as {@code Python/0}
     * @param program declaration and buggy solution
     * @param exampleTest what an agent may see of the tests; may be blank
     * @param test the hidden test
     * @param entryPoint the function under test
     * @param instruction what the function is to do
     * @param solution declaration and canonical solution, where the row has one; only the check of the data set asks for it
     */
    private record Row(
            String taskId,
            String program,
            String exampleTest,
            String test,
            String entryPoint,
            String instruction,
            Optional<String> solution) {

        static Row parse(Field<BadRecordException> row) throws BadRecordException {
            return new Row(
                    python(TaskContent.checkedId("`task_id`", row.get("task_id").filledText())),
                    row.get("declaration").filledText()
                            + row.get("buggy_solution").filledText(),
                    row.get("example_test").presentText("text"),
                    row.get("test").filledText(),
                    row.get("entry_point").filledText(),
                    row.get("instruction").filledText(),
                    row.get("canonical_solution")
                            .text()
                            .map(body -> row.node().path("declaration").asText() + body));
        }

        /** The data set has rows of other languages too. The language is in the id, before the `/`. */
        private static String python(String taskId) throws BadRecordException {
            if (taskId.contains("/") && !taskId.startsWith("Python/")) {
                throw new BadRecordException("`task_id` is `" + taskId
                        + "`: only Python rows can be run, so take the data set's Python part");
            }
            return taskId;
        }
    }
}
