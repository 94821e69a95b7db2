package dev.agon.tasks;

import dev.agon.fields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What Agon takes of a SWE-bench row. Other fields are left alone: the fix ({@code patch}), the tests ({@code test_patch}) and the
 * hints ({@code hints_text}) first of all, which only a harness in the row's image could use.
 *
 * @param instanceId such as {@code astropy__astropy-12907}
 * @param problemStatement what the agent is told
 * @param failToPass tests that the fix must make pass
 * @param passToPass tests that must go on to pass
 * @param image the container image that has the repository at the row's commit
 * @param evalScript what runs the tests in the image; empty in rows without one
 */
record SweBenchRow(
        String instanceId,
        String problemStatement,
        List<String> failToPass,
        List<String> passToPass,
        String image,
        String evalScript) {

    /** Fields that may name the image, the first that does wins. */
    private static final List<String> IMAGE_FIELDS = List.of("image_name", "docker_image", "image");

    static SweBenchRow parse(Field<BadRecordException> row) throws BadRecordException {
        String id =
                TaskContent.checkedId("`instance_id`", row.get("instance_id").filledText());
        return new SweBenchRow(
                id,
                row.get("problem_statement").filledText(),
                texts(row.get("FAIL_TO_PASS")),
                texts(row.get("PASS_TO_PASS")),
                image(id, row),
                row.get("eval_script").textOr(""));
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
        // Names of images may not hold two underscores in a row, nor upper case.
        return "docker.io/swebench/sweb.eval.x86_64."
                + id.replace("__", "_1776_").toLowerCase(Locale.ROOT) + ":latest";
    }
}
