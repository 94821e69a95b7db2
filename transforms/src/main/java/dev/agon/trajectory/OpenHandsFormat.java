package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A line of OpenHands' {@code output.jsonl}: {@code {instance_id, test_result: {git_patch}, metadata, history, metrics}}. Of the history's
 * events, actions of the agent are answers with a call of a tool, and what was observed of them is its result.
 */
final class OpenHandsFormat implements TrajectoryFormat {

    private static final String NAME = "openhands";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path("history").isArray()
                && document.has("instance_id")
                && (document.has("test_result") || document.has("metadata"));
    }

    @Override
    public List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException {
        MiniDocument mini = new MiniDocument(MessagesFormat.first(document, "instance_id"));
        Set<String> calls = new HashSet<>();
        boolean finished = false;
        for (JsonNode event : events(document.path("history"))) {
            finished |= event.path("action").asText().equals("finish");
            add(mini, event, calls);
        }
        JsonNode used = document.path("metrics").path("accumulated_token_usage");
        mini.stats()
                .put(
                        "instance_cost",
                        Math.max(
                                0,
                                document.path("metrics")
                                        .path("accumulated_cost")
                                        .asDouble()))
                .put("tokens_sent", Math.max(0, used.path("prompt_tokens").asLong()))
                .put(
                        "tokens_received",
                        Math.max(0, used.path("completion_tokens").asLong()))
                .put("tokens_cached", Math.max(0, used.path("cache_read_tokens").asLong()))
                .put(
                        "tokens_cache_write",
                        Math.max(0, used.path("cache_write_tokens").asLong()));
        JsonNode report =
                document.path("report").has("resolved") ? document.path("report") : document.at("/test_result/report");
        String patch = document.at("/test_result/git_patch").asText("");
        return mini.model(document.at("/metadata/llm_config/model").asText(""))
                .resolved(report.path("resolved"))
                .ended(finished ? "Submitted" : document.path("error").isTextual() ? "error" : "", patch)
                .read(file);
    }

    /** Older files have pairs of an action and its observation. */
    private static List<JsonNode> events(JsonNode history) {
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode event : history) {
            if (event.isArray()) {
                event.forEach(events::add);
            } else {
                events.add(event);
            }
        }
        return events;
    }

    private static void add(MiniDocument mini, JsonNode event, Set<String> calls) {
        String action = event.path("action").asText("");
        JsonNode args = event.path("args");
        String text = MessagesFormat.first(args, "content", "thought", "final_thought");
        String said = text.isEmpty() ? MessagesFormat.first(event, "message") : text;
        if (event.has("observation")) {
            String cause = "call_" + event.path("cause").asText("");
            String content = MessagesFormat.first(event, "content", "message");
            if (calls.contains(cause)) {
                ObjectNode result = mini.message("tool", content).put("tool_call_id", cause);
                JsonNode code = event.at("/extras/metadata/exit_code");
                if (code.isInt()) {
                    result.putObject("extra").put("raw_output", content).set("returncode", code);
                }
            }
        } else if (action.equals("system")) {
            mini.message("system", said);
        } else if (!event.path("source").asText("").equals("agent")) {
            if (action.equals("message")) {
                mini.message("user", said);
            }
        } else if (action.equals("message") || action.equals("finish")) {
            mini.message("assistant", said);
        } else if (!action.isEmpty()) {
            String id = "call_" + event.path("id").asText("");
            calls.add(id);
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            args.properties().forEach(field -> arguments.set(field.getKey(), field.getValue()));
            arguments.remove("thought");
            MiniDocument.call(
                    mini.message("assistant", MessagesFormat.first(args, "thought")),
                    id,
                    action.equals("run") ? "bash" : action,
                    (action.equals("run") ? arguments.retain("command") : arguments).toString());
        }
    }
}
