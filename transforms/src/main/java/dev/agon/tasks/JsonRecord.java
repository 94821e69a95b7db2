package dev.agon.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agon.fields.Field;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One record of a data set: a JSON object. Fields that nobody asks for do no harm. */
final class JsonRecord {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private JsonRecord() {}

    /** @param row what was read; an object, or it is no record */
    static Field<BadRecordException> of(JsonNode row) throws BadRecordException {
        return Field.of(row, JsonRecord::problem).presentObject("a JSON object");
    }

    private static BadRecordException problem(String place, String problem) {
        return new BadRecordException((place.isEmpty() ? "the record " : place + ": ") + problem);
    }

    static Field<BadRecordException> parse(JsonLines.Line line) throws BadRecordException {
        if (line.tooLong()) {
            throw tooLarge();
        }
        try {
            return of(READER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.bytes()))
                    .toString()));
        } catch (CharacterCodingException e) {
            throw new BadRecordException("the record is not UTF-8 text: save the file as UTF-8", e);
        } catch (JsonProcessingException e) {
            throw notJson(e, "expected one JSON object on the line");
        }
    }

    static BadRecordException notJson(JsonProcessingException e, String expected) {
        String where = e.getLocation() == null
                ? ""
                : " at "
                        + (e.getLocation().getLineNr() > 1
                                ? "line " + e.getLocation().getLineNr() + ", "
                                : "") + "column " + e.getLocation().getColumnNr();
        return new BadRecordException(
                "not readable as JSON" + where + ": " + e.getOriginalMessage().replaceAll("\\s+", " ") + ": "
                        + expected,
                e);
    }

    static BadRecordException tooLarge() {
        return new BadRecordException("the record is larger than " + (TaskContent.MAX_BYTES >> 20)
                + " MiB: make it smaller, or check that each record stands on a line of its own");
    }
}
