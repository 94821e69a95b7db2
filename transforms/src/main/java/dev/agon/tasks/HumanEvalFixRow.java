package dev.agon.tasks;

import dev.agon.fields.Field;

/**
 * What Agon takes of a HumanEvalFix row; other fields are left alone, the canonical solution first of all.
 *
 * @param taskId such as {@code Python/0}
 * @param program declaration and buggy solution
 * @param exampleTest what an agent may see of the tests; may be blank
 * @param test the hidden test
 * @param entryPoint the function under test
 * @param instruction what the function is to do
 */
record HumanEvalFixRow(
        String taskId, String program, String exampleTest, String test, String entryPoint, String instruction) {

    static HumanEvalFixRow parse(Field<BadRecordException> row) throws BadRecordException {
        return new HumanEvalFixRow(
                python(TaskContent.checkedId("`task_id`", row.get("task_id").filledText())),
                row.get("declaration").filledText() + row.get("buggy_solution").filledText(),
                row.get("example_test").presentText("text"),
                row.get("test").filledText(),
                row.get("entry_point").filledText(),
                row.get("instruction").filledText());
    }

    /** The same data set has rows of other languages, which stand before the `/` of their ids. */
    private static String python(String taskId) throws BadRecordException {
        if (taskId.contains("/") && !taskId.startsWith("Python/")) {
            throw new BadRecordException(
                    "`task_id` is `" + taskId + "`: only Python rows can be run, so take the data set's Python part");
        }
        return taskId;
    }
}
