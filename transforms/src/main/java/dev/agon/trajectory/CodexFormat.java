package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * A session of Codex: a file whose lines are one attempt, {@code {timestamp, type, payload}}. Items of the model and of tools are in lines
 * of the type {@code response_item}; {@code turn_context} names the model, {@code token_count} what was used so far.
 */
final class CodexFormat implements TrajectoryFormat {

    private static final Set<String> SHELLS =
            Set.of("shell", "shell_command", "exec_command", "local_shell", "container.exec");

    @Override
    public String name() {
        return "codex";
    }

    @Override
    public boolean begins(JsonNode line) {
        return line.path("type").asText().equals("session_meta")
                && line.path("payload").isObject();
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.isArray() && begins(document.path(0));
    }

    @Override
    public List<Trajectory> read(JsonNode lines, TrajectoryFile file) throws BadTrajectoryException {
        MiniDocument mini = new MiniDocument("");
        String model = "";
        String reasoning = "";
        for (JsonNode line : lines) {
            JsonNode item = line.path("payload");
            String named = line.path("type").asText().equals("turn_context") ? MessagesFormat.first(item, "model") : "";
            model = named.isEmpty() ? model : named;
            switch (item.path("type").asText()) {
                case "reasoning" -> reasoning = text(item.path("summary"));
                case "message" -> {
                    String role = item.path("role").asText();
                    ObjectNode message = mini.message(role(role), text(item.path("content")));
                    reasoning = reason(message, role, reasoning);
                }
                case "function_call", "custom_tool_call", "local_shell_call" -> {
                    ObjectNode answer = mini.message("assistant", "");
                    reasoning = reason(answer, "assistant", reasoning);
                    call(answer, item);
                }
                case "function_call_output", "custom_tool_call_output" -> result(mini, item);
                case "token_count" -> count(mini.stats(), item.at("/info/total_token_usage"));
                default -> {} // about the session
            }
        }
        return mini.model(model).ended("", "").read(file);
    }

    private static String role(String role) {
        return role.equals("assistant") ? "assistant" : role.equals("user") ? "user" : "system";
    }

    /** What was thought before an answer belongs to it; what is left over is returned. */
    private static String reason(ObjectNode message, String role, String reasoning) {
        if (!role.equals("assistant") || reasoning.isEmpty()) {
            return reasoning;
        }
        message.put("reasoning_content", reasoning);
        return "";
    }

    private static void call(ObjectNode answer, JsonNode item) {
        String name = item.path("name").asText("local_shell");
        JsonNode given = item.path("arguments").isTextual()
                ? JsonText.parse(item.path("arguments").textValue())
                : item.has("action") ? item.path("action") : item.path("input");
        JsonNode command = given.has("command") ? given.path("command") : given.path("cmd");
        String line = command.isArray() ? words(command) : command.asText("");
        boolean shell = SHELLS.contains(name) && !line.isEmpty();
        MiniDocument.call(
                answer,
                item.path("call_id").asText(""),
                shell ? "bash" : name,
                shell
                        ? JsonText.object("command", line)
                        : given.isObject() ? given.toString() : JsonText.object("input", given.asText()));
    }

    /** {@code ["bash", "-lc", "ls"]} runs its last word; of other commands the words are joined. */
    private static String words(JsonNode command) {
        boolean script = command.size() == 3 && command.path(1).asText().matches("-l?c");
        if (script) {
            return command.path(2).asText();
        }
        StringBuilder words = new StringBuilder();
        command.forEach(word -> words.append(words.isEmpty() ? "" : " ").append(word.asText()));
        return words.toString();
    }

    private static void result(MiniDocument mini, JsonNode item) {
        JsonNode output = item.path("output");
        JsonNode told = output.isTextual() ? JsonText.parse(output.textValue()) : output;
        String text = told.path("output").isTextual()
                ? told.path("output").textValue()
                : output.isTextual() ? output.textValue() : text(output);
        ObjectNode result = mini.message("tool", text)
                .put("tool_call_id", item.path("call_id").asText(""));
        JsonNode code = told.at("/metadata/exit_code");
        if (code.isInt()) {
            result.putObject("extra").put("raw_output", text).set("returncode", code);
        }
    }

    private static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.isTextual() ? content.textValue() : "");
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static void count(ObjectNode stats, JsonNode usage) {
        stats.put("tokens_sent", Math.max(0, usage.path("input_tokens").asLong()))
                .put(
                        "tokens_cached",
                        Math.max(0, usage.path("cached_input_tokens").asLong()))
                .put("tokens_received", Math.max(0, usage.path("output_tokens").asLong()))
                .put(
                        "tokens_reasoning",
                        Math.max(0, usage.path("reasoning_output_tokens").asLong()));
    }
}
