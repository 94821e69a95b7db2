package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
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
}
