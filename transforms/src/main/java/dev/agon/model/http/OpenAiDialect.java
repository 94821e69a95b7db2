package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.http.HttpHeaders;
import dev.agon.model.AnswerSchema;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.Sampling;
import dev.agon.model.StructuredOutput;
import dev.agon.model.Tool;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Chat completions of OpenAI, vLLM, SGLang, llama.cpp, LiteLLM, OpenRouter and compatible servers. */
final class OpenAiDialect implements Dialect {

    private static final String OPENAI = "api.openai.com";
    private static final String MESSAGES = "messages";

    /** One message's JSON. Constants, since messages compare encoders by identity. */
    private static final Function<ChatMessage, byte[]> WITH_NULL = message -> encode(message, false);

    private static final Function<ChatMessage, byte[]> WITHOUT_NULL = message -> encode(message, true);

    private final ModelConfig config;
    private final ObjectNode extra;
    private final Function<ChatMessage, byte[]> encoder;

    OpenAiDialect(ModelConfig config) {
        this(config, WITH_NULL);
    }

    private OpenAiDialect(ModelConfig config, Function<ChatMessage, byte[]> encoder) {
        this.encoder = encoder;
        this.config = config;
        this.extra = Dialect.extraFields(config, MESSAGES);
    }

    @Override
    public Dialect withoutNull() {
        return new OpenAiDialect(config, WITHOUT_NULL);
    }

    @Override
    public String url() {
        return Address.under(config.endpoint().baseUrl(), "/chat/completions");
    }

    @Override
    public int samplesPerCall() {
        return Math.max(1, config.samplesPerCall());
    }

    @Override
    public void addHeaders(HttpHeaders headers, Optional<String> key) {
        key.ifPresent(value -> headers.setAuthorization("Bearer " + value));
    }

    @Override
    public Body body(ChatRequest request, int samples) {
        Body body = new Body().add(Json.opened(fields(request, samples), MESSAGES));
        boolean first = true;
        for (ChatMessage message : request.messages()) {
            if (!first) {
                body.addComma();
            }
            body.add(message.encodedBy(encoder));
            first = false;
        }
        return body.add("]}");
    }

    private ObjectNode fields(ChatRequest request, int samples) {
        Sampling sampling = request.sampling();
        ObjectNode fields = Json.object();
        fields.put("model", config.name());
        fields.put("temperature", sampling.temperature());
        sampling.topP().ifPresent(topP -> fields.put("top_p", topP));
        fields.put(maxTokensField(), sampling.maxTokens());
        fields.put("seed", seed(sampling.seed()));
        if (config.reasoningEffort() != null) {
            fields.put("reasoning_effort", config.reasoningEffort());
        }
        if (samples > 1) {
            fields.put("n", samples);
        }
        if (config.topLogprobs() > 0) {
            fields.put("logprobs", true).put("top_logprobs", config.topLogprobs());
        }
        request.tools().forEach(tool -> addTool(fields.withArray("tools"), tool));
        request.schema().ifPresent(schema -> addSchema(fields, schema));
        Json.merge(fields, extra);
        return fields;
    }

    /** OpenAI's own models reject the old name; most other servers know only the old name. */
    private String maxTokensField() {
        return OPENAI.equals(URI.create(config.endpoint().baseUrl()).getHost())
                ? "max_completion_tokens"
                : "max_tokens";
    }

    /** A seed of 31 bits, which every server takes. */
    static int seed(long seed) {
        return Long.hashCode(seed) & Integer.MAX_VALUE;
    }

    private static void addTool(ArrayNode tools, Tool tool) {
        ObjectNode function = tools.addObject().put("type", "function").putObject("function");
        function.put("name", tool.name()).put("description", tool.description());
        function.putRawValue("parameters", Json.raw(tool.parameters()));
    }

    private void addSchema(ObjectNode fields, AnswerSchema schema) {
        if (config.structuredOutput() == StructuredOutput.TOOL) {
            addTool(fields.putArray("tools"), new Tool(schema.name(), schema.description(), schema.json()));
            ObjectNode choice = fields.putObject("tool_choice").put("type", "function");
            choice.putObject("function").put("name", schema.name());
        } else {
            ObjectNode format = fields.putObject("response_format").put("type", "json_schema");
            ObjectNode json = format.putObject("json_schema").put("name", schema.name());
            json.put("strict", true).putRawValue("schema", Json.raw(schema.json()));
        }
    }

    @Override
    public Optional<Answer> read(JsonNode body) {
        return OpenAiAnswer.read(body);
    }

    @Override
    public Optional<Usage> usage(JsonNode body) {
        return OpenAiAnswer.usage(body);
    }

    private static byte[] encode(ChatMessage message, boolean neverNull) {
        ObjectNode json = Json.object();
        json.put("role", message.speaker().name().toLowerCase(Locale.ROOT));
        message.toolCallId().ifPresent(id -> json.put("tool_call_id", id));
        if (!neverNull && Dialect.isOnlyCalls(message)) {
            json.putNull("content");
        } else {
            json.put("content", message.content());
        }
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = json.putArray("tool_calls");
            for (ToolCall call : message.toolCalls()) {
                ObjectNode one = calls.addObject().put("id", call.id()).put("type", "function");
                one.putObject("function").put("name", call.name()).put("arguments", Json.argumentsObject(call));
            }
        }
        message.providerState().flatMap(Json::parse).ifPresent(state -> OpenAiState.addTo(json, state));
        return Json.bytes(json);
    }
}
