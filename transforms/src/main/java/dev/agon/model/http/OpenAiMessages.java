package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.ChatMessage;
import dev.agon.model.ToolCall;
import java.util.Locale;
import java.util.function.Function;

/** Messages as chat completions have them. */
final class OpenAiMessages {

    /** Where OpenRouter keeps reasoning that it wants back. */
    static final String REASONING_DETAILS = "reasoning_details";

    /** One message's JSON; a constant, since messages keep what it gave them by its identity. */
    static final Function<ChatMessage, byte[]> ENCODER = OpenAiMessages::encode;

    private OpenAiMessages() {}

    private static byte[] encode(ChatMessage message) {
        ObjectNode json = Json.object();
        json.put("role", message.speaker().name().toLowerCase(Locale.ROOT));
        message.toolCallId().ifPresent(id -> json.put("tool_call_id", id));
        if (message.content().isEmpty() && !message.toolCalls().isEmpty()) {
            json.putNull("content");
        } else {
            json.put("content", message.content());
        }
        message.providerState().flatMap(Json::parse).ifPresent(state -> addState(json, state));
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = json.putArray("tool_calls");
            for (ToolCall call : message.toolCalls()) {
                ObjectNode one = calls.addObject().put("id", call.id()).put("type", "function");
                one.putObject("function").put("name", call.name()).put("arguments", Json.argumentsObject(call));
            }
        }
        return Json.bytes(json);
    }

    private static void addState(ObjectNode json, JsonNode state) {
        // The message may come from an endpoint of another kind, whose state says nothing here.
        if (state.has(REASONING_DETAILS)) {
            json.set(REASONING_DETAILS, state.get(REASONING_DETAILS));
        }
    }
}
