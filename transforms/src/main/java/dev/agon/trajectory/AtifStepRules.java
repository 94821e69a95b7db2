package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds between the fields of a step of ATIF. */
final class AtifStepRules {

    private static final Set<String> SOURCES = Set.of("system", "user", "agent");
    private static final List<String> AGENT_ONLY =
            List.of("model_name", "reasoning_effort", "reasoning_content", "tool_calls", "metrics");
    private static final List<String> MODEL_ONLY = List.of("reasoning_content", "metrics");

    private static final AtifObject CALL = new AtifObject()
            .field("tool_call_id", AtifObject.TEXT)
            .field("function_name", AtifObject.TEXT)
            .field("tool_name", AtifObject.TEXT)
            .field("arguments", AtifStepRules::arguments)
            .extra();

    private AtifStepRules() {}

    /**
     * The step, with what its source may not have in its {@code extra}.
     *
     * @param strict a copy of the step with fields of the format only
     * @param step where it was read from
     * @param number what its {@code step_id} has to be
     */
    static ObjectNode strict(ObjectNode strict, Field<BadTrajectoryException> step, int number)
            throws BadTrajectoryException {
        if (strict.path("step_id").asLong(0) != number) {
            throw step.get("step_id").wrong(String.valueOf(number));
        }
        if (!SOURCES.contains(strict.path("source").asText(""))) {
            throw step.get("source").wrong("system, user or agent");
        }
        if (!strict.hasNonNull("message")) {
            throw step.get("message").wrong("text, which may be empty");
        }
        if (!strict.get("source").textValue().equals("agent")) {
            AtifObject.move(strict, AGENT_ONLY);
        } else if (strict.path("llm_call_count").asLong(1) == 0) {
            AtifObject.move(strict, MODEL_ONLY);
        }
        if (strict.hasNonNull("observation")
                && !strict.get("observation").path("results").isArray()) {
            throw step.get("observation").get("results").wrong("a list");
        }
        if (strict.hasNonNull("tool_calls")) {
            results(strict, step);
        }
        return strict;
    }

    private static void results(ObjectNode strict, Field<BadTrajectoryException> step) throws BadTrajectoryException {
        Set<String> calls = new HashSet<>();
        strict.get("tool_calls")
                .forEach(call -> calls.add(call.get("tool_call_id").textValue()));
        JsonNode results = strict.path("observation").path("results");
        for (int i = 0; i < results.size(); i++) {
            JsonNode call = results.get(i).path("source_call_id");
            if (call.isTextual() && !calls.contains(call.textValue())) {
                throw step.get("observation")
                        .get("results")
                        .elements()
                        .get(i)
                        .get("source_call_id")
                        .wrong("the id of one of the step's tool calls");
            }
        }
    }

    /** The calls of tools of a step. Converters call {@code function_name} {@code tool_name}, and leave out ids. */
    static JsonNode calls(Field<BadTrajectoryException> list) throws BadTrajectoryException {
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
            try {
                JsonNode written = ExtraJson.parse(field.node().textValue());
                if (written.isObject()) {
                    return written;
                }
            } catch (BadTrajectoryException noJson) {
                // said below, as of JSON that is no object
            }
            throw field.wrong("an object");
        }
        return field.presentObject().node();
    }
}
