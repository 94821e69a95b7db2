package dev.agon.rollout;

import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Task;

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
}
