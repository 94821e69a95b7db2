package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.http.HttpHeaders;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatMessage.Speaker;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.Sampling;
import dev.agon.model.Tool;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Anthropic's Messages. It has no seeds, no log-probabilities, and one sample for each call. */
final class AnthropicDialect implements Dialect {

    private static final String VERSION = "2023-06-01";
    private static final String SYSTEM = "system";
    private static final String MESSAGES = "messages";

    private final ModelConfig config;
    private final ObjectNode extra;

    AnthropicDialect(ModelConfig config) {
        this.config = config;
        this.extra = Dialect.extraFields(config, SYSTEM, MESSAGES);
    }

    @Override
    public String url() {
        String base = Address.under(config.endpoint().baseUrl(), "");
        return base + (base.endsWith("/v1") ? "/messages" : "/v1/messages");
    }

    @Override
    public int samplesPerCall() {
        return 1;
    }

    @Override
    public void addHeaders(HttpHeaders headers, Optional<String> key) {
        key.ifPresent(value -> headers.set("x-api-key", value));
        headers.set("anthropic-version", VERSION);
    }

    @Override
    public Body body(ChatRequest request, int samples) {
        List<ChatMessage> system = request.messages().stream()
                .filter(message -> message.speaker() == Speaker.SYSTEM
                        && !message.content().isBlank())
                .toList();
        Body body = new Body();
        if (system.isEmpty()) {
            body.add(Json.opened(fields(request), MESSAGES));
        } else {
            body.add(Json.opened(fields(request), SYSTEM));
            for (int index = 0; index < system.size(); index++) {
                if (index > 0) {
                    body.addComma();
                }
                AnthropicMessages.addBlocks(body, system.get(index), index + 1 == system.size());
            }
            body.add("],\"" + MESSAGES + "\":[");
        }
        AnthropicMessages.addTurns(body, request.messages());
        return body.add("]}");
    }

    private ObjectNode fields(ChatRequest request) {
        Sampling sampling = request.sampling();
        ObjectNode fields = Json.object();
        fields.put("model", config.name());
        fields.put("max_tokens", sampling.maxTokens());
        fields.put("temperature", sampling.temperature());
        sampling.topP().ifPresent(topP -> fields.put("top_p", topP));
        request.tools().forEach(tool -> addTool(fields, tool));
        request.schema().ifPresent(schema -> {
            addTool(fields, new Tool(schema.name(), schema.description(), schema.json()));
            fields.putObject("tool_choice").put("type", "tool").put("name", schema.name());
        });
        Json.merge(fields, extra);
        return fields;
    }

    private static void addTool(ObjectNode fields, Tool tool) {
        ObjectNode one = fields.withArray("tools").addObject().put("name", tool.name());
        one.put("description", tool.description());
        one.putRawValue("input_schema", Json.raw(tool.parameters()));
    }

    /** Blocks of thought become the reasoning. The provider state keeps them whole, with their signatures. */
    @Override
    public Optional<Answer> read(JsonNode body) {
        JsonNode content = body.path("content");
        if (!content.isArray()) {
            return Optional.empty();
        }
        Optional<Usage> usage = usage(body);
        if ("refusal".equals(body.path("stop_reason").asText())) {
            return Optional.of(new Answer(List.of(), usage, Optional.of("stop_reason refusal")));
        }
        Optional<String> finishReason = Json.string(body, "stop_reason").map(AnthropicDialect::finishReason);
        return Optional.of(new Answer(List.of(reply(content, finishReason)), usage, Optional.empty()));
    }

    /** The reason in OpenAI's words, where it has one. */
    private static String finishReason(String stopReason) {
        return switch (stopReason) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens" -> "length";
            case "tool_use" -> "tool_calls";
            default -> stopReason;
        };
    }

    private static ChatReply reply(JsonNode content, Optional<String> finishReason) {
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
                    // Blocks of the endpoint's own tools. Agon does not offer them.
                }
            }
        }
        return new ChatReply(
                text.toString(),
                reasoning.isEmpty() ? Optional.empty() : Optional.of(reasoning.toString()),
                calls,
                thoughts.isEmpty() ? Optional.empty() : Optional.of(Json.text(state)),
                List.of(),
                finishReason,
                Usage.NONE,
                0);
    }

    @Override
    public Optional<Usage> usage(JsonNode body) {
        JsonNode usage = body.path("usage");
        JsonNode uncached = usage.path("input_tokens");
        JsonNode output = usage.path("output_tokens");
        JsonNode cached = usage.path("cache_read_input_tokens");
        JsonNode written = usage.path("cache_creation_input_tokens");
        if (!uncached.isNumber() || !output.isNumber() || !Json.areTokens(uncached, output, cached, written)) {
            return Optional.empty();
        }
        long input = uncached.asLong() + cached.asLong() + written.asLong();
        return Optional.of(new Usage(input, cached.asLong(), written.asLong(), output.asLong(), 0, 0, false));
    }
}
