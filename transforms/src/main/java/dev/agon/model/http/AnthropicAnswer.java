package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.ChatReply;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads answers of Messages. Thought goes into the reasoning as text, and into the state whole, with its signatures. */
final class AnthropicAnswer {

    private AnthropicAnswer() {}

    static Optional<Answer> read(JsonNode body) {
        JsonNode content = body.path("content");
        if (!content.isArray()) {
            return Optional.empty();
        }
        Optional<Usage> usage = usage(body);
        if ("refusal".equals(body.path("stop_reason").asText())) {
            return Optional.of(new Answer(List.of(), usage, Optional.of("stop_reason refusal")));
        }
        return Optional.of(new Answer(List.of(reply(content)), usage, Optional.empty()));
    }

    private static ChatReply reply(JsonNode content) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        ObjectNode state = Json.object();
        ArrayNode thoughts = state.putArray(AnthropicMessages.THINKING_BLOCKS);
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "text" -> text.append(block.path("text").asText());
                case "thinking" -> {
                    reasoning.append(block.path("thinking").asText());
                    thoughts.add(block);
                }
                case "redacted_thinking" -> thoughts.add(block);
                case "tool_use" ->
                    calls.add(new ToolCall(
                            block.path("id").asText(), block.path("name").asText(), Json.text(block.path("input"))));
                default -> {
                    // Blocks of the endpoint's own tools, which no request of ours offers.
                }
            }
        }
        return new ChatReply(
                text.toString(),
                reasoning.isEmpty() ? Optional.empty() : Optional.of(reasoning.toString()),
                calls,
                thoughts.isEmpty() ? Optional.empty() : Optional.of(Json.text(state)),
                List.of(),
                Usage.NONE);
    }

    /** What a response consumed, an answer or not; empty where it does not say. */
    static Optional<Usage> usage(JsonNode body) {
        JsonNode usage = body.path("usage");
        if (!usage.path("input_tokens").isNumber()
                || !usage.path("output_tokens").isNumber()) {
            return Optional.empty();
        }
        long cached = usage.path("cache_read_input_tokens").asLong();
        long written = usage.path("cache_creation_input_tokens").asLong();
        long input = usage.path("input_tokens").asLong() + cached + written;
        return Optional.of(
                new Usage(input, cached, written, usage.path("output_tokens").asLong(), 0, 0, false));
    }
}
