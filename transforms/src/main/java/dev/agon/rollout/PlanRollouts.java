package dev.agon.rollout;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.TaskRef;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Plans the slots of one iteration: for each task N rollouts, each with its own seed and, in later iterations, its refinement
 * context.
 *
 * <p>In: references to tasks, and the contexts written for this iteration; a context is shared by all slots of its task or names one slot. Out:
 * for each slot a plan, or a failure where rollouts must have a context and none was written: a rollout that is told nothing would
 * be of another experiment. Where they need none, such a slot starts without one. Seeds depend on the run's seed and the slot alone,
 * so that slot 3 of 8 is slot 3 of 16.
 */
public final class PlanRollouts
        extends PTransform<PCollection<TaskRef>, WithFailures.Result<PCollection<RolloutPlan>, Failure>> {

    private static final TupleTag<TaskRef> TASKS = new TupleTag<>("tasks") {};
    private static final TupleTag<RefinementContext> CONTEXTS = new TupleTag<>("contexts") {};
    private static final TupleTag<RolloutPlan> PLANS = new TupleTag<>("plans") {};

    private final Slots slots;
    private final transient PCollection<RefinementContext> contexts;

    private PlanRollouts(Slots slots, PCollection<RefinementContext> contexts) {
        this.slots = slots;
        this.contexts = contexts;
    }

    /** The slots of iteration 0, whose rollouts are told nothing. */
    public static PlanRollouts first(int rollouts, RunScope scope) {
        return new PlanRollouts(new Slots(0, rollouts, false, scope), null);
    }

    /**
     * The slots of a later iteration.
     *
     * @param iteration from 1
     * @param rollouts slots of each task (N)
     * @param contexts what the rollouts are told of the iteration before
     * @param contextNeeded whether a slot without a context fails
     * @param scope the run
     */
    public static PlanRollouts of(
            int iteration,
            int rollouts,
            PCollection<RefinementContext> contexts,
            boolean contextNeeded,
            RunScope scope) {
        return new PlanRollouts(new Slots(iteration, rollouts, contextNeeded, scope), contexts);
    }

    @Override
    public WithFailures.Result<PCollection<RolloutPlan>, Failure> expand(PCollection<TaskRef> tasks) {
        PCollectionTuple planned = contexts == null ? first(tasks) : later(tasks);
        return WithFailures.Result.of(planned.get(PLANS), planned.get(MapConcurrently.FAILURES));
    }

    private PCollectionTuple first(PCollection<TaskRef> tasks) {
        Slots all = slots;
        return tasks.apply(
                "Plan",
                MapEach.of(
                        (task, out) -> plan(all, task, Map.of(), out),
                        task -> MapEach.ofTask("rollout", task.getTaskId()),
                        PLANS));
    }

    private PCollectionTuple later(PCollection<TaskRef> tasks) {
        Slots all = slots;
        return KeyedPCollectionTuple.of(
                        TASKS,
                        tasks.apply(
                                "TaskById",
                                WithKeys.<String, TaskRef>of(TaskRef::getTaskId)
                                        .withKeyType(TypeDescriptors.strings())))
                .and(
                        CONTEXTS,
                        contexts.apply(
                                "ContextByTask",
                                WithKeys.<String, RefinementContext>of(RefinementContext::getTaskId)
                                        .withKeyType(TypeDescriptors.strings())))
                .apply("Join", CoGroupByKey.create())
                .apply(
                        "Plan",
                        MapEach.of(
                                (joined, out) -> plan(all, joined.getValue(), out),
                                joined -> MapEach.ofTask("rollout", joined.getKey()),
                                PLANS));
    }

    private static void plan(Slots slots, CoGbkResult joined, MapEach.Outputs out) {
        Map<String, RefinementContext> contexts = new HashMap<>();
        joined.getAll(CONTEXTS).forEach(context -> contexts.put(context.getContextId(), context));
        joined.getAll(TASKS).forEach(task -> plan(slots, task, contexts, out));
    }

    private static void plan(Slots slots, TaskRef task, Map<String, RefinementContext> contexts, MapEach.Outputs out) {
        Slots.Planned planned = slots.plan(task, contexts);
        planned.plans().forEach(plan -> out.give(PLANS, plan));
        planned.failures().forEach(failure -> out.give(MapConcurrently.FAILURES, failure));
    }
}
