package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * ATIF inside of a wrapper that names task and attempt and has the outcome: {@code {trial_id, trial_name, task_name, task_checksum,
 * reward, started_at, ended_at, trajectory}}. The reward is used as the outcome and nowhere else. The other fields of the wrapper are in
 * the row's {@code extra}. The wrapper has no patch: the submission is what the agent printed after the sentinel, usually nothing.
 */
public final class ConvertedAtifFormat implements TrajectoryFormat {

    private static final String TRAJECTORY = "trajectory";

    @Override
    public String name() {
        return AtifFormat.NAME;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path(TRAJECTORY).isObject() && (document.has("task_name") || document.has("trial_name"));
    }

    @Override
    public List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException {
        var whole = Field.of(document, BadTrajectoryException::new).presentObject();
        OptionalDouble reward = whole.get("reward").number();
        String task = name(whole.get("task_name"));
        String trial = name(whole.get("trial_name"));
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        ObjectNode wrapper = extra.putObject("wrapper");
        document.properties().forEach(field -> wrapper.set(field.getKey(), field.getValue()));
        wrapper.remove(TRAJECTORY);
        OutcomeFields.remove(wrapper);
        Rollout rollout = AtifFormat.rollout(whole.get(TRAJECTORY), file, extra);
        var started = whole.get("started_at");
        var ended = whole.get("ended_at");
        if (!started.isAbsent()) {
            Instant start = AtifTime.of(started);
            rollout.setStartedAt(start);
            rollout.setDurationMs(
                    ended.isAbsent()
                            ? rollout.getDurationMs()
                            : Duration.between(start, AtifTime.of(ended)).toMillis());
        }
        return List.of(Trajectory.named(task, trial, AtifFormat.NAME, file, rollout, reward));
    }

    private static String name(Field<BadTrajectoryException> field) throws BadTrajectoryException {
        return field.text().filter(name -> !name.isBlank()).orElseThrow(() -> field.wrong("a name"));
    }
}
