package dev.agon.rollout;

import dev.agon.runtime.RunScope;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.TaskRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The slots that every task has in one iteration.
 *
 * @param iteration from 0
 * @param rollouts how many (N)
 * @param contextNeeded whether a slot without a context fails
 * @param scope the run
 */
record Slots(int iteration, int rollouts, boolean contextNeeded, RunScope scope) implements Serializable {

    /**
     * The slots of one task.
     *
     * @param plans those that can be filled
     * @param failures one for each of the others
     */
    record Planned(List<RolloutPlan> plans, List<Failure> failures) {}

    /** @param contexts of this task, by id */
    Planned plan(TaskRef task, Map<String, RefinementContext> contexts) {
        List<RolloutPlan> plans = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        RefinementContext shared = contexts.get(task.getTaskId() + "/" + iteration + "/shared");
        for (int index = 0; index < rollouts; index++) {
            RefinementContext context =
                    contexts.getOrDefault(Ids.rolloutId(task.getTaskId(), iteration, index), shared);
            if (context == null && contextNeeded) {
                failures.add(withoutContext(task, index));
            } else {
                plans.add(plan(task, index, context));
            }
        }
        return new Planned(plans, failures);
    }

    private RolloutPlan plan(TaskRef task, int index, RefinementContext context) {
        String rolloutId = Ids.rolloutId(task.getTaskId(), iteration, index);
        RolloutPlan.Builder plan = RolloutPlan.newBuilder()
                .setRolloutId(rolloutId)
                .setTask(task)
                .setIteration(iteration)
                .setIndex(index)
                .setSeed(Ids.seed(scope.seed(), "rollout", rolloutId));
        if (context != null) {
            plan.setContextId(context.getContextId())
                    .setContext(context.getText())
                    .setContextRolloutIds(context.getRolloutIds());
        }
        return plan.build();
    }

    private Failure withoutContext(TaskRef task, int index) {
        return Failure.newBuilder()
                .setStep("rollout")
                .setElementId(Ids.rolloutId(task.getTaskId(), iteration, index))
                .setTaskId(task.getTaskId())
                .setKind(scope.stop().isPresent() ? "stopped" : "model")
                .setMessage("the rollout has no refinement context, since there was nothing to make it of in"
                        + " iteration " + (iteration - 1) + ", whose failures say why; run again")
                .build();
    }
}
