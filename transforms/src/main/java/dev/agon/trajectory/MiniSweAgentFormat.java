package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Trajectories of mini-swe-agent, one attempt in each file: {@code mini-swe-agent-1}, {@code mini-swe-agent-1.1}, and older files without
 * a version. In: a document with {@code info} and {@code messages}. Out: the attempt, with a step for each answer of the model. What no
 * column holds is in {@code extra}, so that {@link MiniSweAgentWriter} can write the same document. Fields that may hold an outcome, such
 * as an added reward, are left out.
 */
public final class MiniSweAgentFormat implements TrajectoryFormat {

    static final String NAME = "mini-swe-agent";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(JsonNode document) {
        if (document.path("trajectory_format").asText("").startsWith(NAME)) {
            return true;
        }
        JsonNode info = document.path("info");
        return document.path("messages").isArray()
                && (info.has("exit_status") || info.has("model_stats") || info.has("submission"))
                && !document.has("trajectory");
    }

    @Override
    public List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException {
        var whole = Field.of(document, BadTrajectoryException::new).presentObject();
        var info = whole.get("info");
        List<MiniMessage> messages = new ArrayList<>();
        for (var message : whole.get("messages").presentElements()) {
            messages.add(MiniMessage.of(message));
        }
        if (messages.isEmpty()) {
            throw new BadTrajectoryException(
                    "messages", "is empty, expected the messages of an attempt: this one never began");
        }
        MiniMessage exit = exit(messages, info);
        List<Step> steps = steps(messages, exit);
        List<MiniMessage> opening =
                messages.stream().takeWhile(message -> !message.opensStep()).toList();
        String taskId = whole.get("instance_id").textOr("");
        Optional<String> harbors = taskId.isEmpty() ? TrialName.trialAbove(file.path()) : Optional.empty();
        if (taskId.isEmpty()) {
            taskId = harbors.isPresent() ? TrialName.of(file).task() : TrialName.file(file.path());
        }
        String trial = harbors.orElse(TrialName.of(taskId, file.path()));
        Rollout rollout = new MiniRollout(info, opening, exit, steps).rollout();
        time(rollout, messages);
        rollout.setExtra(ExtraJson.text(extra(document, opening, rollout)));
        return List.of(Trajectory.named(taskId, trial, NAME, file, rollout, OutcomeFields.in(whole)));
    }

    private static List<Step> steps(List<MiniMessage> messages, MiniMessage exit) throws BadTrajectoryException {
        List<Step> steps = new ArrayList<>();
        List<MiniMessage> turn = new ArrayList<>();
        for (MiniMessage message : messages) {
            if (message.opensStep() && !turn.isEmpty()) {
                steps.add(MiniStep.read(steps.size() + 1, turn, null));
                turn.clear();
            }
            if (message.opensStep() || !turn.isEmpty()) {
                turn.add(message);
            }
        }
        if (!turn.isEmpty()) {
            steps.add(MiniStep.read(steps.size() + 1, turn, exit));
        }
        return steps;
    }

    /** The message that no model was shown; before it had a role of its own, the last one, which repeats the submission. Null when there is none. */
    private static MiniMessage exit(List<MiniMessage> messages, Field<BadTrajectoryException> info)
            throws BadTrajectoryException {
        MiniMessage last = messages.get(messages.size() - 1);
        boolean ended = !info.get("exit_status").textOr("").isEmpty();
        boolean repeats = last.kind() == MiniMessage.Kind.USER
                && ended
                && last.text().equals(info.get("submission").textOr(""));
        return last.kind() == MiniMessage.Kind.EXIT || repeats ? last : null;
    }

    private static void time(Rollout rollout, List<MiniMessage> messages) throws BadTrajectoryException {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (MiniMessage message : messages) {
            OptionalDouble at = message.timestamp();
            if (at.isPresent()) {
                first = Math.min(first, at.getAsDouble());
                last = Math.max(last, at.getAsDouble());
            }
        }
        if (last >= first) {
            rollout.setStartedAt(Instant.ofEpochMilli(Math.round(first * 1000)));
            rollout.setDurationMs(Math.round((last - first) * 1000));
        }
    }

    private static ObjectNode extra(JsonNode document, List<MiniMessage> opening, Rollout rollout) {
        ColumnReferences columns = MiniRollout.columns(rollout);
        ObjectNode rest = ((ObjectNode) document).deepCopy();
        rest.remove("messages");
        OutcomeFields.remove(rest);
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        opening.forEach(message -> messages.add(message.field().node()));
        ObjectNode extra = JsonNodeFactory.instance.objectNode().put("format", NAME);
        extra.set("document", columns.without(rest));
        extra.set("messages", columns.without(messages));
        return extra;
    }
}
