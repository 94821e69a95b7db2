package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A conversation of another format as mini-swe-agent would have written it, to be read as such. It goes out as mini-swe-agent, too.
 */
final class MiniDocument {

    private final ObjectNode document =
            JsonNodeFactory.instance.objectNode().put("trajectory_format", "mini-swe-agent-1.1");
    private final ArrayNode messages = document.putArray("messages");
    private final ObjectNode info = document.putObject("info");
    private final ObjectNode stats = info.putObject("model_stats");

    /** @param id the task's; empty when the document names none */
    MiniDocument(String id) {
        if (!id.isBlank()) {
            document.put("instance_id", id);
        }
    }

    /** @param role system, user, assistant or tool */
    ObjectNode message(String role, String content) {
        return messages.addObject().put("role", role).put("content", content);
    }

    /** Adds a call of a tool to an answer. */
    static void call(ObjectNode answer, String id, String name, String arguments) {
        answer.withArray("tool_calls")
                .addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", arguments);
    }

    MiniDocument model(String name) {
        info.putObject("config").putObject("model").put("model_name", name.isBlank() ? "unknown" : name);
        return this;
    }

    /** What the whole attempt took. */
    ObjectNode stats() {
        return stats;
    }

    /** A verdict, as true or false or as 1 or 0, is kept apart from all that is shown. */
    MiniDocument resolved(JsonNode verdict) {
        if (verdict.isBoolean() || verdict.isInt() && (verdict.intValue() == 0 || verdict.intValue() == 1)) {
            document.put("resolved", verdict.asBoolean());
        }
        return this;
    }

    /** @param status empty where none is told: then an attempt that ends with an answer, and no call, has submitted */
    MiniDocument ended(String status, String submission) {
        JsonNode last = messages.path(messages.size() - 1);
        boolean answered = last.path("role").asText().equals("assistant") && !last.has("tool_calls");
        info.put("exit_status", status.isEmpty() && (answered || !submission.isBlank()) ? "Submitted" : status);
        info.put("submission", submission);
        return this;
    }

    List<Trajectory> read(TrajectoryFile file) throws BadTrajectoryException {
        return new MiniSweAgentFormat().read(document, file);
    }
}
