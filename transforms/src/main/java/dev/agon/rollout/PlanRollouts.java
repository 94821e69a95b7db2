package dev.agon.rollout;

import dev.agon.schemas.Ids;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Task;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Plans the slots of one iteration: for each task N rollouts, each with its own seed and, in later iterations, its refinement
 * context.
 *
 * <p>In: tasks, and the contexts written for this iteration; a context is shared by all slots of its task or names one slot. Out:
 * the plans. A slot for which no context was written starts without one. Nothing fails here. Seeds depend on the run's seed and
 * the slot alone, so that slot 3 of 8 is slot 3 of 16.
 */
public final class PlanRollouts extends PTransform<PCollection<Task>, PCollection<RolloutPlan>> {

    private static final long serialVersionUID = 1L;

    private static final TupleTag<Task> TASKS = new TupleTag<>("tasks") {};
    private static final TupleTag<RefinementContext> CONTEXTS = new TupleTag<>("contexts") {};

    private final Slots slots;
    private final transient PCollection<RefinementContext> contexts;

    private PlanRollouts(Slots slots, PCollection<RefinementContext> contexts) {
        this.slots = slots;
        this.contexts = contexts;
    }

    /** The slots of iteration 0, whose rollouts are told nothing. */
    public static PlanRollouts first(int rollouts, long runSeed) {
        return new PlanRollouts(new Slots(0, rollouts, runSeed), null);
    }

    /**
     * The slots of a later iteration.
     *
     * @param iteration from 1
     * @param rollouts slots of each task (N)
     * @param contexts what the rollouts are told of the iteration before
     * @param runSeed the run's seed
     */
    public static PlanRollouts of(int iteration, int rollouts, PCollection<RefinementContext> contexts, long runSeed) {
        return new PlanRollouts(new Slots(iteration, rollouts, runSeed), contexts);
    }

    @Override
    public PCollection<RolloutPlan> expand(PCollection<Task> tasks) {
        if (contexts == null) {
            return tasks.apply("Plan", ParDo.of(new PlanFirst(slots)));
        }
        return KeyedPCollectionTuple.of(
                        TASKS,
                        tasks.apply(
                                "TaskById",
                                WithKeys.<String, Task>of(Task::getTaskId).withKeyType(TypeDescriptors.strings())))
                .and(
                        CONTEXTS,
                        contexts.apply(
                                "ContextByTask",
                                WithKeys.<String, RefinementContext>of(RefinementContext::getTaskId)
                                        .withKeyType(TypeDescriptors.strings())))
                .apply("Join", CoGroupByKey.create())
                .apply("Plan", ParDo.of(new Plan(slots)));
    }

    /** The slots that every task has. */
    private record Slots(int iteration, int rollouts, long runSeed) implements Serializable {

        /** @param contexts of one task, by id */
        void plan(Task task, Map<String, RefinementContext> contexts, OutputReceiver<RolloutPlan> out) {
            String shared = task.getTaskId() + "/" + iteration + "/shared";
            for (int index = 0; index < rollouts; index++) {
                String rolloutId = Ids.rolloutId(task.getTaskId(), iteration, index);
                RefinementContext context = contexts.getOrDefault(rolloutId, contexts.get(shared));
                out.output(new RolloutPlan(
                        rolloutId,
                        task,
                        iteration,
                        index,
                        Ids.seed(runSeed, "rollout", rolloutId),
                        context == null ? null : context.getContextId(),
                        context == null ? null : context.getText()));
            }
        }
    }

    private static final class PlanFirst extends DoFn<Task, RolloutPlan> {

        private static final long serialVersionUID = 1L;

        private final Slots slots;

        PlanFirst(Slots slots) {
            this.slots = slots;
        }

        @ProcessElement
        public void process(@Element Task task, OutputReceiver<RolloutPlan> out) {
            slots.plan(task, Map.of(), out);
        }
    }

    private static final class Plan extends DoFn<KV<String, CoGbkResult>, RolloutPlan> {

        private static final long serialVersionUID = 1L;

        private final Slots slots;

        Plan(Slots slots) {
            this.slots = slots;
        }

        @ProcessElement
        public void process(@Element KV<String, CoGbkResult> joined, OutputReceiver<RolloutPlan> out) {
            Map<String, RefinementContext> contexts = new HashMap<>();
            joined.getValue().getAll(CONTEXTS).forEach(context -> contexts.put(context.getContextId(), context));
            joined.getValue().getAll(TASKS).forEach(task -> slots.plan(task, contexts, out));
        }
    }
}
