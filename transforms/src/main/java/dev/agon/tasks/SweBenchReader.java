package dev.agon.tasks;

import dev.agon.fields.Field;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * SWE-bench rows as a file of records: the old rows, and those that name their image and evaluation script.
 *
 * <p>A task is the row's problem statement and its image, which has the repository at {@code /testbed}. The hidden side is the names
 * of the tests that must pass, and the evaluation script where the row has one. The other fields are not read. Among them are the
 * fix ({@code patch}), the tests ({@code test_patch}) and the hints ({@code hints_text}).
 */
final class SweBenchReader implements TaskReader {

    private static final String WORKDIR = "/testbed";
    /** Fields that may name the image. The first one with a name is taken. */
    private static final List<String> IMAGE_FIELDS = List.of("image_name", "docker_image", "image");

    @Override
    public String format() {
        return "swebench";
    }

    @Override
    public TaskSet read(Path path) throws BadInputException {
        TaskSetBuilder tasks = new TaskSetBuilder(path.toString());
        String dataSet = "swebench:" + path.getFileName();
        RecordFile.read(path, tasks.records((place, record) -> task(record, dataSet, place)));
        return tasks.build();
    }

    private static ReadTask task(Field<BadRecordException> row, String dataSet, String place)
            throws BadRecordException {
        String id =
                TaskContent.checkedId("`instance_id`", row.get("instance_id").filledText());
        String statement = row.get("problem_statement").filledText();
        List<String> failToPass = texts(row.get("FAIL_TO_PASS"));
        List<String> passToPass = texts(row.get("PASS_TO_PASS"));
        Task task = TaskContent.hashed(Task.newBuilder()
                .setTaskId(id)
                .setDataSet(dataSet)
                .setSource(place)
                .setStatement(statement)
                .setWorkdir(WORKDIR)
                .setFiles(List.of())
                .setImage(image(id, row)));
        GroundTruth truth = GroundTruth.newBuilder()
                .setTaskId(id)
                .setFiles(List.of())
                .setCommand(row.get("eval_script").textOr(""))
                .setVerdict("tests")
                .setFailToPass(failToPass)
                .setPassToPass(passToPass)
                .setSandbox("rollout")
                .build();
        return new ReadTask(task, truth, Optional::empty);
    }

    private static List<String> texts(Field<BadRecordException> field) throws BadRecordException {
        String expected = "a list of texts, or a text that holds one as JSON";
        var list = field.unpacked(expected);
        if (!list.node().isArray()) {
            throw list.wrong(expected);
        }
        List<String> texts = new ArrayList<>();
        for (var text : list.presentElements()) {
            texts.add(text.presentText("text"));
        }
        return texts;
    }

    private static String image(String id, Field<BadRecordException> row) throws BadRecordException {
        for (String field : IMAGE_FIELDS) {
            String image = row.get(field).textOr("").strip();
            if (!image.isEmpty()) {
                return image;
            }
        }
        // A name of an image may not have two underscores in a row, nor upper case.
        return "docker.io/swebench/sweb.eval.x86_64."
                + id.replace("__", "_1776_").toLowerCase(Locale.ROOT) + ":latest";
    }
}
