package dev.agon.rollout;

import dev.agon.agent.AgentConfig;
import dev.agon.agent.AgentLimits;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A slot to fill, with all that the one step needs which also grades.
 *
 * @param plan the slot
 * @param task what the agent gets
 * @param truth what the grader gets
 */
record GradedPlan(RolloutPlan plan, Task task, GroundTruth truth) {

    String rolloutId() {
        return plan.getRolloutId();
    }

    /** @param ownTime whether the run sets a limit of time; if not, the task's own holds */
    AgentLimits limits(AgentLimits limits, boolean ownTime) {
        return task.getWallTimeS() == null || ownTime
                ? limits
                : limits.withWallTime(Duration.ofSeconds(task.getWallTimeS()));
    }

    /** What the agent's sandbox holds. */
    Sandboxes.Spec sandbox(AgentConfig agent) {
        Map<String, String> environment = new HashMap<>();
        task.getEnvironment().forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        environment.putAll(agent.environment());
        // Shells would run a file of the agent's before its check, which may come into the same sandbox.
        environment.keySet().removeAll(Set.of("BASH_ENV", "ENV"));
        return new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), environment, truth.getFolders());
    }
}
