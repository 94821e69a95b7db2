package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import java.util.ArrayList;
import java.util.List;

/**
 * Trajectories of SWE-agent, {@code .traj}. In: a document with {@code trajectory}, {@code history} and {@code info}. Out: the attempt.
 * An agent that retries gives each of its {@code attempts}, named {@code <file>/attempt-<number>}. The {@code extra} of the chosen one
 * says so. The requests of each step ({@code query}, {@code messages}) repeat the conversation and are left out.
 */
public final class SweAgentFormat implements TrajectoryFormat {

    static final String NAME = "swe-agent";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(JsonNode document) {
        JsonNode steps = document.path("trajectory");
        JsonNode first = steps.path(0);
        boolean attempt = steps.isArray() && (first.has("action") || steps.isEmpty() && document.has("history"));
        return attempt || document.path("attempts").path(0).path("trajectory").isArray();
    }

    @Override
    public List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException {
        var whole = Field.of(document, BadTrajectoryException::new).presentObject();
        String name = TrialName.file(file.path());
        String taskId = whole.get("instance_id").text().orElse(name);
        var attempts = whole.get("attempts").elements();
        if (attempts.isEmpty()) {
            return List.of(
                    trajectory(new SweAgentAttempt(whole, false), taskId, TrialName.of(taskId, file.path()), file));
        }
        var best = whole.get("info").get("best_attempt_idx");
        List<Trajectory> trajectories = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            SweAgentAttempt attempt =
                    new SweAgentAttempt(attempts.get(i).presentObject(), !best.isAbsent() && best.count() == i);
            String trial = TrialName.of(taskId, file.path()) + "/attempt-" + i;
            trajectories.add(trajectory(attempt, taskId, trial, file));
        }
        return trajectories;
    }

    private static Trajectory trajectory(SweAgentAttempt attempt, String taskId, String trial, TrajectoryFile file)
            throws BadTrajectoryException {
        Rollout rollout = attempt.rollout();
        rollout.setTaskId(taskId);
        rollout.setTrial(trial);
        rollout.setSource(NAME + ":" + file.path());
        return new Trajectory(
                taskId,
                trial,
                attempt.statement(rollout.getTaskPrompt()),
                rollout,
                OutcomeFields.in(attempt.document()));
    }
}
