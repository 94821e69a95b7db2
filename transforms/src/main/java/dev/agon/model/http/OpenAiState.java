package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * What an endpoint wants back with a message: the fields of the message and of its calls that this program does not make itself. Such are
 * the reasoning of DeepSeek, the signatures of Gemini, the thinking blocks of LiteLLM. A field that is not known is returned too; a few known
 * ones are not.
 *
 * <p>In: a message of an answer. Out: a state as JSON, which is kept with the message; and from it the fields that the message gets when it
 * is sent again.
 */
final class OpenAiState {

    private static final String KIND = "openai";
    private static final String CALLS = "tool_calls";
    private static final String FUNCTION = "function";
    /** In states of earlier versions the only field. */
    private static final String REASONING_DETAILS = "reasoning_details";

    /** What this program writes itself, and what endpoints give and refuse to take. */
    private static final Set<String> NOT_RETURNED =
            Set.of("role", "content", CALLS, "refusal", "annotations", "audio", "function_call", "parsed");

    /** Reasoning in words. With calls of tools it is a part of the turn; without, some endpoints refuse it. */
    private static final Set<String> WITH_CALLS_ONLY = Set.of("reasoning_content", "reasoning");

    private static final Set<String> OF_A_CALL = Set.of("id", "type", "index", FUNCTION);
    private static final Set<String> OF_A_FUNCTION = Set.of("name", "arguments");

    private OpenAiState() {}

    /** @param written the message as it was written, where its content is another one */
    static Optional<String> of(JsonNode message, Optional<String> written) {
        JsonNode calls = message.path(CALLS);
        ObjectNode state = others(message, NOT_RETURNED);
        if (calls.isEmpty()) {
            state.remove(WITH_CALLS_ONLY);
        }
        written.ifPresent(text -> state.put("content", text));
        ArrayNode ofCalls = Json.object().arrayNode();
        boolean some = false;
        for (JsonNode call : calls) {
            ObjectNode ofCall = others(call, OF_A_CALL);
            ObjectNode ofFunction = others(call.path(FUNCTION), OF_A_FUNCTION);
            if (!ofFunction.isEmpty()) {
                ofCall.set(FUNCTION, ofFunction);
            }
            some |= !ofCall.isEmpty();
            ofCalls.add(ofCall);
        }
        if (some) {
            state.set(CALLS, ofCalls);
        }
        return state.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.text(Json.object().set(KIND, state)));
    }

    private static ObjectNode others(JsonNode object, Set<String> known) {
        ObjectNode others = Json.object();
        object.properties().forEach(field -> {
            if (!known.contains(field.getKey()) && !field.getValue().isNull()) {
                others.set(field.getKey(), field.getValue());
            }
        });
        return others;
    }

    /** Adds to a message what belongs to it. The state of an endpoint of another kind has nothing for this one. */
    static void addTo(ObjectNode message, JsonNode state) {
        JsonNode fields = state.path(KIND);
        if (state.has(REASONING_DETAILS)) {
            message.set(REASONING_DETAILS, state.get(REASONING_DETAILS));
        }
        fields.properties().forEach(field -> {
            if (!field.getKey().equals(CALLS)) {
                message.set(field.getKey(), field.getValue());
            }
        });
        for (int i = 0; i < fields.path(CALLS).size() && i < message.path(CALLS).size(); i++) {
            add((ObjectNode) message.path(CALLS).get(i), fields.path(CALLS).get(i));
        }
    }

    private static void add(ObjectNode call, JsonNode fields) {
        fields.properties().forEach(field -> {
            if (field.getKey().equals(FUNCTION)) {
                field.getValue()
                        .properties()
                        .forEach(of -> ((ObjectNode) call.get(FUNCTION)).set(of.getKey(), of.getValue()));
            } else {
                call.set(field.getKey(), field.getValue());
            }
        });
    }
}
