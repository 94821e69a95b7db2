package dev.agon.rollout;

import dev.agon.runtime.RunScope;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.TaskRef;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
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
        if (contexts == null) {
            return WithFailures.Result.of(
                    tasks.apply("Plan", ParDo.of(new PlanFirst(slots))),
                    tasks.getPipeline().apply("NoFailures", Create.empty(TypeDescriptor.of(Failure.class))));
        }
        PCollectionTuple planned = KeyedPCollectionTuple.of(
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
                        ParDo.of(new PlanLater(slots))
                                .withOutputTags(PlanLater.PLANS, TupleTagList.of(PlanLater.FAILURES)));
        return WithFailures.Result.of(planned.get(PlanLater.PLANS), planned.get(PlanLater.FAILURES));
    }

    private static final class PlanFirst extends DoFn<TaskRef, RolloutPlan> {

        private final Slots slots;

        PlanFirst(Slots slots) {
            this.slots = slots;
        }

        @ProcessElement
        public void process(@Element TaskRef task, OutputReceiver<RolloutPlan> out) {
            slots.plan(task, Map.of()).plans().forEach(out::output);
        }
    }

    private static final class PlanLater extends DoFn<KV<String, CoGbkResult>, RolloutPlan> {

        static final TupleTag<RolloutPlan> PLANS = new TupleTag<>("plans") {};
        static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

        private final Slots slots;

        PlanLater(Slots slots) {
            this.slots = slots;
        }

        @ProcessElement
        public void process(@Element KV<String, CoGbkResult> joined, MultiOutputReceiver out) {
            Map<String, RefinementContext> contexts = new HashMap<>();
            joined.getValue().getAll(CONTEXTS).forEach(context -> contexts.put(context.getContextId(), context));
            for (TaskRef task : joined.getValue().getAll(TASKS)) {
                Slots.Planned planned = slots.plan(task, contexts);
                planned.plans().forEach(out.get(PLANS)::output);
                planned.failures().forEach(out.get(FAILURES)::output);
            }
        }
    }
}
