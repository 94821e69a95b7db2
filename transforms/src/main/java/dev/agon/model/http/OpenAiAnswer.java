package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.model.ChatReply;
import dev.agon.model.TokenLogprob;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads chat completions.
 *
 * <p>The fields {@code reasoning_content} and {@code reasoning} become the reasoning, and so does what stands between {@code <think>} tags in the
 * message. The endpoint gets the message back as it was. A choice with a refusal, or one that a content filter ended, is no reply.
 */
final class OpenAiAnswer {

    /** What an answer costs in USD, in the usage of OpenRouter. */
    static final String COST = "cost";

    private OpenAiAnswer() {}

    static Optional<Answer> read(JsonNode body) {
        JsonNode choices = body.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            return Optional.empty();
        }
        List<ChatReply> replies = new ArrayList<>();
        Optional<String> refusal = Optional.empty();
        for (JsonNode choice : choices) {
            JsonNode message = choice.path("message");
            if (!message.isObject() || choice.path("error").isObject()) {
                continue;
            }
            Optional<String> declined = refusal(choice, message);
            if (declined.isPresent()) {
                refusal = declined;
            } else {
                replies.add(reply(choice, message));
            }
        }
        return replies.isEmpty() && refusal.isEmpty()
                ? Optional.empty()
                : Optional.of(new Answer(replies, usage(body), refusal));
    }

    private static Optional<String> refusal(JsonNode choice, JsonNode message) {
        Optional<String> said = Json.string(message, "refusal");
        boolean filtered = "content_filter".equals(choice.path("finish_reason").asText());
        return said.isEmpty() && filtered ? Optional.of("finish_reason content_filter") : said;
    }

    private static ChatReply reply(JsonNode choice, JsonNode message) {
        String written = content(message.path("content"));
        ThinkTags split = ThinkTags.split(written);
        List<String> reasoning = Stream.of(
                        Json.string(message, "reasoning_content").or(() -> Json.string(message, "reasoning")),
                        split.reasoning())
                .flatMap(Optional::stream)
                .toList();
        return new ChatReply(
                split.content(),
                Optional.of(String.join("\n", reasoning)).filter(text -> !text.isEmpty()),
                toolCalls(message.path("tool_calls")),
                OpenAiState.of(message, Optional.of(written).filter(text -> !text.equals(split.content()))),
                logprobs(choice.path("logprobs").path("content")),
                Json.string(choice, "finish_reason"),
                Usage.NONE,
                0);
    }

    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.isTextual() ? part.textValue() : part.path("text").asText(""));
        }
        return text.toString();
    }

    private static List<ToolCall> toolCalls(JsonNode calls) {
        List<ToolCall> toolCalls = new ArrayList<>();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            JsonNode arguments = function.path("arguments");
            toolCalls.add(new ToolCall(
                    Json.string(call, "id").orElse("call_" + toolCalls.size()),
                    function.path("name").asText(""),
                    arguments.isObject() ? Json.text(arguments) : arguments.asText("")));
        }
        return toolCalls;
    }

    private static List<TokenLogprob> logprobs(JsonNode tokens) {
        List<TokenLogprob> logprobs = new ArrayList<>();
        for (JsonNode token : tokens) {
            Map<String, Double> top = new HashMap<>();
            for (JsonNode other : token.path("top_logprobs")) {
                top.put(other.path("token").asText(), other.path("logprob").asDouble());
            }
            logprobs.add(new TokenLogprob(
                    token.path("token").asText(), token.path("logprob").asDouble(), top));
        }
        return logprobs;
    }

    /** The usage in a response, with or without an answer; empty when there is none. */
    static Optional<Usage> usage(JsonNode body) {
        JsonNode usage = body.path("usage");
        JsonNode details = usage.path("prompt_tokens_details");
        JsonNode prompt = usage.path("prompt_tokens");
        JsonNode output = usage.path("completion_tokens");
        // DeepSeek has its cached tokens at the top. LiteLLM and OpenRouter have different names for tokens written to
        // a cache.
        JsonNode cached = first(details.path("cached_tokens"), usage.path("prompt_cache_hit_tokens"));
        JsonNode written = first(details.path("cache_write_tokens"), usage.path("cache_creation_input_tokens"));
        JsonNode reasoning = usage.path("completion_tokens_details").path("reasoning_tokens");
        if (!prompt.isNumber() || !output.isNumber() || !Json.areTokens(prompt, output, cached, written, reasoning)) {
            return Optional.empty();
        }
        long input = prompt.asLong();
        long read = Math.min(input, cached.asLong());
        long outside =
                outside(usage.path("total_tokens"), input + output.asLong(), output.asLong(), reasoning.asLong());
        return Optional.of(new Usage(
                input,
                read,
                Math.min(input - read, written.asLong()),
                output.asLong() + outside,
                Math.max(reasoning.asLong(), outside),
                cost(usage.path(COST)),
                false));
    }

    private static double cost(JsonNode usd) {
        return usd.isNumber() && usd.asDouble() >= 0 && Double.isFinite(usd.asDouble()) ? usd.asDouble() : 0;
    }

    /** Tokens of reasoning that the endpoint counts beside those of the answer, as xAI and Gemini do: they are in its total, and paid for. */
    private static long outside(JsonNode total, long counted, long output, long reasoning) {
        if (total.isNumber() && Json.areTokens(total) && total.asLong() > 0) {
            return Math.max(0, total.asLong() - counted);
        }
        return reasoning > output ? reasoning : 0;
    }

    private static JsonNode first(JsonNode one, JsonNode other) {
        return one.isNumber() && one.asLong() != 0 ? one : other;
    }
}
