package dev.agon.model.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.agon.model.ToolCall;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** JSON as requests and responses have it. */
final class Json {

    /** More than the log-probabilities of a long answer; the tree of so many fits into memory. */
    private static final long MOST_TOKENS = 10_000_000;

    private static final double MOST_COUNTED = 1e12;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** UTF-8 of the value. A shortened observation may end in half a surrogate pair; it becomes a question mark. */
    static byte[] bytes(JsonNode value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    static String text(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value; empty when the text is not one whole JSON value. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Text that is known to be JSON, written as it is. */
    static RawValue raw(String json) {
        return new RawValue(json);
    }

    /** The beginning of an object: its fields, then the name and the opening bracket of an array that follows. */
    static byte[] opened(ObjectNode fields, String array) {
        String text = text(fields);
        String comma = fields.isEmpty() ? "" : ",";
        return (text.substring(0, text.length() - 1) + comma + '"' + array + "\":[").getBytes(StandardCharsets.UTF_8);
    }

    /** Overwrites fields with others. A null removes the field. */
    static void merge(ObjectNode fields, ObjectNode over) {
        over.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                fields.remove(field.getKey());
            } else {
                fields.set(field.getKey(), field.getValue());
            }
        });
    }

    /**
     * The arguments of a call as a JSON object. Endpoints reject a conversation in which the arguments are anything else. Without
     * this, one malformed call would end its rollout.
     */
    static String argumentsObject(ToolCall call) {
        Optional<JsonNode> parsed = parse(call.arguments());
        if (parsed.isPresent() && parsed.get().isObject()) {
            return call.arguments();
        }
        return text(object().put("malformed_arguments", call.arguments()));
    }

    /** Whether these are numbers of tokens, which no endpoint counts below 0 or beyond 10^12; what is absent is none. */
    static boolean areTokens(JsonNode... counts) {
        return Stream.of(counts)
                .allMatch(count -> count.isMissingNode()
                        || count.isNull()
                        || count.isNumber() && count.doubleValue() >= 0 && count.doubleValue() <= MOST_COUNTED);
    }

    /** The text of a field; empty when it is absent, not text, or empty. */
    static Optional<String> string(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
