package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code result.json} that Harbor writes for each trial: {@code {task_name, trial_name, verifier_result: {rewards: {reward: 1.0}}}}.
 * Of several rewards, {@code reward} is taken, or else the smallest, as when Agon grades such tasks. A trial without rewards was not
 * graded. The file of a whole job, which is beside its trials, has no outcome.
 */
final class HarborResults {

    private HarborResults() {}

    static boolean recognises(JsonNode document) {
        return document.has("trial_name") && document.has("verifier_result") || isJob(document);
    }

    static void read(Field<BadTrajectoryException> result, OutcomeRows rows) throws BadTrajectoryException {
        if (isJob(result.node())) {
            return;
        }
        String trial = result.get("trial_name").presentText("the trial's name");
        String task = result.get("task_name").presentText("the task's name");
        // The corpus names the trajectory by its folder, whose name may be shorter than the task's.
        String taskId = AtifNames.taskOfTrial(trial).orElse(task);
        var rewards = result.get("verifier_result").get("rewards");
        if (rewards.isAbsent() || rewards.node().isEmpty()) {
            rows.withoutVerdict(List.of(taskId));
            return;
        }
        double smallest = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, JsonNode> reward : rewards.presentObject().node().properties()) {
            var value = rewards.get(reward.getKey());
            smallest = Math.min(smallest, value.number().orElseThrow(() -> value.wrong("a number")));
        }
        double reward = rewards.get("reward").number().orElse(smallest);
        rows.add(taskId, Optional.of(trial), reward >= 1, reward);
    }

    private static boolean isJob(JsonNode document) {
        return document.has("n_total_trials") && document.has("stats");
    }
}
