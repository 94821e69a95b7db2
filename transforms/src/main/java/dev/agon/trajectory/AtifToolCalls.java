package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import java.util.Optional;

/** The calls of tools of a step. Converters call {@code function_name} {@code tool_name}, and leave out ids. */
final class AtifToolCalls {

    private static final AtifObject CALL = new AtifObject()
            .field("tool_call_id", AtifObject.TEXT)
            .field("function_name", AtifObject.TEXT)
            .field("tool_name", AtifObject.TEXT)
            .field("arguments", AtifToolCalls::arguments)
            .extra();

    private AtifToolCalls() {}

    static JsonNode strict(Field<BadTrajectoryException> list) throws BadTrajectoryException {
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        for (var call : list.presentElements()) {
            ObjectNode strict = CALL.strict(call);
            JsonNode other = strict.remove("tool_name");
            if (!strict.hasNonNull("function_name")) {
                if (other == null || other.isNull()) {
                    throw call.get("function_name").wrong("text");
                }
                strict.set("function_name", other);
            }
            if (!strict.hasNonNull("tool_call_id")) {
                strict.put("tool_call_id", "call_" + (calls.size() + 1));
            }
            if (!strict.hasNonNull("arguments")) {
                throw call.get("arguments").wrong("an object");
            }
            calls.add(strict);
        }
        return calls;
    }

    /** An object; some writers leave it the JSON text that the model wrote. */
    private static JsonNode arguments(Field<BadTrajectoryException> field) throws BadTrajectoryException {
        if (field.node().isTextual()) {
            return object(field.node().textValue()).orElseThrow(() -> field.wrong("an object"));
        }
        return field.presentObject().node();
    }

    private static Optional<JsonNode> object(String json) {
        try {
            return Optional.of(ExtraJson.parse(json)).filter(JsonNode::isObject);
        } catch (BadTrajectoryException noJson) {
            return Optional.empty();
        }
    }
}
