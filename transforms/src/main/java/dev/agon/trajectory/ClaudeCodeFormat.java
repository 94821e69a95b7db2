package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A session of Claude Code: a file whose lines are one attempt. Lines of the types {@code user} and {@code assistant} have a message of
 * Anthropic's kind; an answer may stand in several lines, which repeat its usage. Other lines are about the session.
 */
final class ClaudeCodeFormat implements TrajectoryFormat {

    @Override
    public String name() {
        return "claude-code";
    }

    @Override
    public boolean begins(JsonNode line) {
        return line.has("sessionId") && line.has("type") || line.has("leafUuid") && line.has("summary");
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.isArray() && begins(document.path(0));
    }

    @Override
    public List<Trajectory> read(JsonNode lines, TrajectoryFile file) throws BadTrajectoryException {
        MiniDocument mini = new MiniDocument("");
        Set<String> counted = new HashSet<>();
        ObjectNode answer = null;
        String answerId = "";
        String model = "";
        for (JsonNode line : lines) {
            JsonNode message = line.path("message");
            if (line.path("isSidechain").asBoolean() || !message.isObject()) {
                continue;
            }
            if (line.path("type").asText().equals("assistant")) {
                String id = message.path("id").asText("");
                if (answer == null || !id.equals(answerId) || id.isEmpty()) {
                    answer = mini.message("assistant", "");
                }
                answerId = id;
                model = MessagesFormat.first(message, "model");
                add(answer, message.path("content"));
                if (counted.add(id)) {
                    count(mini, message.path("usage"));
                }
            } else {
                answer = null;
                user(mini, message.path("content"));
            }
        }
        return mini.model(model).ended("", "").read(file);
    }

    private static void add(ObjectNode answer, JsonNode content) {
        if (content.isTextual()) {
            answer.put("content", answer.path("content").asText() + content.textValue());
        }
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "text" ->
                    answer.put(
                            "content",
                            answer.path("content").asText() + block.path("text").asText(""));
                case "thinking" ->
                    answer.put("reasoning_content", block.path("thinking").asText(""));
                case "tool_use" -> {
                    boolean shell = block.path("name").asText().equals("Bash");
                    JsonNode input = block.path("input");
                    MiniDocument.call(
                            answer,
                            block.path("id").asText(""),
                            shell ? "bash" : block.path("name").asText("unknown"),
                            shell && input instanceof ObjectNode arguments
                                    ? arguments.deepCopy().retain("command").toString()
                                    : input.toString());
                }
                default -> {} // what is shown to the user alone
            }
        }
    }

    private static void user(MiniDocument mini, JsonNode content) {
        if (content.isTextual()) {
            mini.message("user", content.textValue());
        }
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("tool_result")) {
                mini.message("tool", text(block.path("content")))
                        .put("tool_call_id", block.path("tool_use_id").asText(""));
            } else if (block.path("type").asText().equals("text")) {
                mini.message("user", block.path("text").asText(""));
            }
        }
    }

    private static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.isTextual() ? content.textValue() : "");
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static void count(MiniDocument mini, JsonNode usage) {
        ObjectNode stats = mini.stats();
        long cached = usage.path("cache_read_input_tokens").asLong();
        long written = usage.path("cache_creation_input_tokens").asLong();
        add(stats, "tokens_sent", usage.path("input_tokens").asLong() + cached + written);
        add(stats, "tokens_cached", cached);
        add(stats, "tokens_cache_write", written);
        add(stats, "tokens_received", usage.path("output_tokens").asLong());
        add(stats, "api_calls", 1);
    }

    private static void add(ObjectNode stats, String field, long more) {
        stats.put(field, stats.path(field).asLong() + Math.max(0, more));
    }
}
