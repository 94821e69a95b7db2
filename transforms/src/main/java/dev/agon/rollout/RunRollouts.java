package dev.agon.rollout;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.WithFailures;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Failure;
import dev.agon.schemas.FinishedRollout;
import dev.agon.schemas.GradedPlan;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RolloutPlan;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Runs and grades rollouts: the one step in which an agent and the ground truth of its task meet, each on its own side of a
 * sandbox.
 *
 * <pre>
 *   plans ──┐
 *           ├─► by task ─► RunRollout (journaled) ─► TakeApart ─► refs │ rollouts │ grades │ failures
 *   truths ─┘
 * </pre>
 *
 * <p>In: plans, and the ground truth of their tasks. Out: {@link RolloutResults}: each plan is a rollout or a failure.
 */
public final class RunRollouts extends PTransform<PCollection<RolloutPlan>, RolloutResults> {

    private static final long serialVersionUID = 1L;

    private final RolloutConfig config;
    private final transient PCollection<GroundTruth> truths;
    private final RunScope scope;

    private RunRollouts(RolloutConfig config, PCollection<GroundTruth> truths, RunScope scope) {
        this.config = config;
        this.truths = truths;
        this.scope = scope;
    }

    /**
     * @param config agent, model, sandbox, and how many at once
     * @param truths what the grader gets, one for each task
     * @param scope the run
     */
    public static RunRollouts of(RolloutConfig config, PCollection<GroundTruth> truths, RunScope scope) {
        return new RunRollouts(config, truths, scope);
    }

    @Override
    public RolloutResults expand(PCollection<RolloutPlan> plans) {
        PCollection<GradedPlan> graded = KeyedPCollectionTuple.of(
                        JoinTruth.PLANS,
                        plans.apply(
                                "PlanByTask",
                                WithKeys.<String, RolloutPlan>of(
                                                plan -> plan.getTask().getTaskId())
                                        .withKeyType(TypeDescriptors.strings())))
                .and(
                        JoinTruth.TRUTHS,
                        truths.apply(
                                "TruthByTask",
                                WithKeys.<String, GroundTruth>of(GroundTruth::getTaskId)
                                        .withKeyType(TypeDescriptors.strings())))
                .apply("Join", CoGroupByKey.create())
                .apply("JoinTruth", ParDo.of(new JoinTruth()));
        WithFailures<FinishedRollout> finished = graded.apply(
                "Run",
                MapConcurrently.of(
                        new RunRollout(config, scope),
                        FinishedRollout.class,
                        scope.spread("rollouts", config.rolloutsInFlight())));
        PCollectionTuple parts = finished.output()
                .apply(
                        "TakeApart",
                        ParDo.of(new TakeApartRollout())
                                .withOutputTags(
                                        TakeApartRollout.REFS,
                                        TupleTagList.of(TakeApartRollout.ROLLOUTS)
                                                .and(TakeApartRollout.GRADES)
                                                .and(TakeApartRollout.FAILURES)));
        PCollection<Failure> failures = PCollectionList.of(parts.get(TakeApartRollout.FAILURES))
                .and(finished.failures())
                .apply("Failures", Flatten.pCollections());
        return new RolloutResults(
                parts.get(TakeApartRollout.REFS),
                parts.get(TakeApartRollout.ROLLOUTS),
                parts.get(TakeApartRollout.GRADES),
                failures);
    }
}
