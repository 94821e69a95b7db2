package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * An answer that came as a stream of events, of an OpenAI-compatible endpoint that was asked for one or knows no other way. The pieces
 * are put together to the body that the endpoint would have sent in one.
 */
final class EventStream {

    private static final String DATA = "data:";
    private static final String END = "[DONE]";

    /** Fields of a piece that are whole, even where each piece repeats them. */
    private static final Set<String> WHOLE = Set.of("role", "type", "id", "name", "index", "format");

    private final ObjectNode answer = Json.object();
    private boolean ended;

    private EventStream() {}

    /** The body of a response, put together where it is a stream. A stream that was cut is no answer, but keeps its usage. */
    static String whole(String body) {
        String beginning = body.stripLeading();
        if (!beginning.startsWith(DATA) && !beginning.startsWith("event:") && !beginning.startsWith(":")) {
            return body;
        }
        EventStream stream = new EventStream();
        beginning
                .lines()
                .filter(line -> line.startsWith(DATA))
                .forEach(line -> stream.add(line.substring(DATA.length()).strip()));
        return Json.text(stream.whole());
    }

    private void add(String event) {
        ended |= event.equals(END);
        Optional<JsonNode> piece = Json.parse(event).filter(JsonNode::isObject);
        piece.ifPresent(fields -> fields.properties().forEach(field -> {
            if (field.getKey().equals("choices")) {
                append(answer.withArray("choices"), field.getValue(), false);
            } else if (!field.getValue().isNull()) {
                answer.set(field.getKey(), field.getValue());
            }
        }));
    }

    private ObjectNode whole() {
        JsonNode choices = answer.path("choices");
        boolean finished = StreamSupport.stream(choices.spliterator(), false)
                .allMatch(choice -> choice.path("finish_reason").isTextual());
        if (choices.isEmpty() || !finished && !ended) {
            answer.remove("choices");
            return answer.has("error") ? answer : answer.put("stream", "it was cut before its end");
        }
        for (JsonNode choice : choices) {
            ObjectNode fields = (ObjectNode) choice;
            JsonNode message = fields.remove("delta");
            if (message != null) {
                message.path("tool_calls").forEach(call -> ((ObjectNode) call).remove("index"));
                fields.set("message", message);
            }
        }
        return answer;
    }

    /** @param text whether texts grow piece by piece, as they do in a message; elsewhere the last one holds */
    private static void append(ObjectNode to, JsonNode piece, boolean text) {
        piece.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            JsonNode known = to.path(name);
            if (value.isObject()) {
                append(known.isObject() ? (ObjectNode) known : to.putObject(name), value, text || name.equals("delta"));
            } else if (value.isArray()) {
                append(known.isArray() ? (ArrayNode) known : to.putArray(name), value, text);
            } else if (text && value.isTextual() && known.isTextual() && !WHOLE.contains(name)) {
                to.set(name, TextNode.valueOf(known.textValue() + value.textValue()));
            } else if (!value.isNull()
                    && !(WHOLE.contains(name) && value.asText().isEmpty())) {
                to.set(name, value);
            } else if (known.isMissingNode()) {
                to.set(name, value);
            }
        });
    }

    /** Items that have an index are continued; others are added. */
    private static void append(ArrayNode to, JsonNode pieces, boolean text) {
        for (JsonNode piece : pieces) {
            Optional<JsonNode> known = StreamSupport.stream(to.spliterator(), false)
                    .filter(item -> piece.has("index") && item.path("index").equals(piece.path("index")))
                    .findFirst();
            if (piece.isObject()) {
                append(known.isPresent() ? (ObjectNode) known.get() : to.addObject(), piece, text);
            } else {
                to.add(piece);
            }
        }
    }
}
