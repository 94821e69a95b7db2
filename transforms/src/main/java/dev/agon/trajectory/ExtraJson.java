package dev.agon.trajectory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.fields.ColumnText;

/** JSON inside a column of text, such as {@code extra}. */
final class ExtraJson {

    /** What a document may have, and the levels that the column has around it. */
    private static final int MOST_DEPTH = StreamReadConstraints.DEFAULT_MAX_DEPTH + 10;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .build());

    /** Halves of surrogate pairs do not survive in UTF-8; as escapes they do. */
    private static final ObjectMapper ASCII =
            JSON.copyWith(JSON.getFactory().copy().configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true));

    private ExtraJson() {}

    static JsonNode parse(String column) throws BadTrajectoryException {
        try {
            return JSON.readTree(column);
        } catch (JsonProcessingException e) {
            throw new BadTrajectoryException("", "is no JSON: " + e.getOriginalMessage());
        }
    }

    static String text(JsonNode node) {
        try {
            String text = JSON.writeValueAsString(node);
            return ColumnText.isValid(text) ? text : ASCII.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read can always be written", e);
        }
    }
}
