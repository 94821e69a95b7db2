package dev.agon.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

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

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    static HumanEvalFixRow parse(JsonLines.Line line) throws BadRecordException {
        if (line.tooLong()) {
            throw new BadRecordException("the record is larger than " + (TaskContent.MAX_BYTES >> 20)
                    + " MiB: make it smaller, or check that each record stands on a line of its own");
        }
        JsonNode row = json(line);
        if (!row.isObject()) {
            throw new BadRecordException(
                    "the record is " + row.getNodeType().name().toLowerCase(Locale.ROOT) + ": expected a JSON object");
        }
        return new HumanEvalFixRow(
                python(TaskContent.checkedId("`task_id`", filled(row, "task_id"))),
                filled(row, "declaration") + filled(row, "buggy_solution"),
                text(row, "example_test"),
                filled(row, "test"),
                filled(row, "entry_point"),
                filled(row, "instruction"));
    }

    /** The same data set has rows of other languages, which stand before the `/` of their ids. */
    private static String python(String taskId) throws BadRecordException {
        if (taskId.contains("/") && !taskId.startsWith("Python/")) {
            throw new BadRecordException(
                    "`task_id` is `" + taskId + "`: only Python rows can be run, so take the data set's Python part");
        }
        return taskId;
    }

    private static JsonNode json(JsonLines.Line line) throws BadRecordException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRecordException("the record is not UTF-8 text: save the file as UTF-8", e);
        }
        try {
            return READER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new BadRecordException(
                    "not readable as JSON at column " + e.getLocation().getColumnNr() + ": "
                            + e.getOriginalMessage().replaceAll("\\s+", " ")
                            + ": expected one JSON object on the line",
                    e);
        }
    }

    private static String filled(JsonNode row, String field) throws BadRecordException {
        String text = text(row, field);
        if (text.isBlank()) {
            throw new BadRecordException("`" + field + "` is blank: expected text");
        }
        return text;
    }

    private static String text(JsonNode row, String field) throws BadRecordException {
        JsonNode value = row.get(field);
        if (value == null || value.isNull()) {
            throw new BadRecordException("`" + field + "` is missing: expected text");
        }
        if (!value.isTextual()) {
            throw new BadRecordException("`" + field + "` has the wrong type: expected text, got "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return value.textValue();
    }
}
