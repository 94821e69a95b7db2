package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A list of messages as chat endpoints take them: bare, in {@code messages} (SWE-smith's and SWE-rebench's trajectories), or in {@code
 * trajectory} with {@code text} and the roles of nebius' SWE-agent trajectories. What is told beside it of the task, the end, the patch and
 * the verdict is taken.
 */
final class MessagesFormat implements TrajectoryFormat {

    private static final String NAME = "messages";

    /** Roles, and what they are called in them. */
    private static final Map<String, String> ROLES = Map.of(
            "system",
            "system",
            "developer",
            "system",
            "user",
            "user",
            "human",
            "user",
            "assistant",
            "assistant",
            "ai",
            "assistant",
            "gpt",
            "assistant",
            "tool",
            "tool",
            "function",
            "tool");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(JsonNode document) {
        JsonNode messages = messages(document);
        return !messages.isEmpty()
                && StreamSupport.stream(messages.spliterator(), false)
                        .allMatch(message ->
                                ROLES.containsKey(message.path("role").asText()));
    }

    @Override
    public List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException {
        MiniDocument mini = new MiniDocument(first(document, "instance_id", "task_id"));
        int number = 0;
        for (JsonNode message : messages(document)) {
            String role = ROLES.get(message.path("role").asText());
            if (role == null) {
                throw new BadTrajectoryException(
                        "messages[" + number + "].role",
                        "is " + message.path("role") + ", expected one of " + ROLES.keySet());
            }
            add(mini, role, message);
            number++;
        }
        JsonNode verdict = document.has("target") ? document.path("target") : document.path("resolved");
        List<Trajectory> read = mini.model(first(document, "model_name", "model"))
                .resolved(verdict)
                .ended(first(document, "exit_status"), first(document, "generated_patch", "model_patch", "patch"))
                .read(file);
        // A file has many attempts at one task.
        String trial = first(document, "trajectory_id", "traj_id");
        return trial.isEmpty()
                ? read
                : read.stream().map(each -> named(each, trial)).toList();
    }

    private static Trajectory named(Trajectory read, String trial) {
        read.rollout().setTrial(trial);
        return new Trajectory(read.taskId(), trial, read.statement(), read.rollout(), read.reward());
    }

    private static void add(MiniDocument mini, String role, JsonNode message) {
        JsonNode content = message.path("content");
        ObjectNode added = mini.message(role, first(message, "text", "system_prompt"));
        if (content.isTextual() || content.isArray()) {
            added.set("content", content);
        }
        for (String field : List.of("tool_calls", "tool_call_id", "reasoning_content")) {
            if (message.hasNonNull(field) && !message.path(field).isEmpty()
                    || message.path(field).isTextual()) {
                added.set(field, message.get(field));
            }
        }
    }

    private static JsonNode messages(JsonNode document) {
        if (document.isArray()) {
            return document;
        }
        JsonNode messages = document.path("messages");
        return messages.isArray() ? messages : document.path("trajectory");
    }

    /** The first of these fields that is text with something in it; empty when there is none. */
    static String first(JsonNode object, String... fields) {
        for (String field : fields) {
            JsonNode value = object.path(field);
            if (value.isTextual() && !value.textValue().isBlank()) {
                return value.textValue();
            }
        }
        return "";
    }
}
