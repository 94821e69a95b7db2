package dev.agon.rollout;

import dev.agon.schemas.GradedPlan;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RolloutPlan;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Gives each plan the ground truth of its task. */
final class JoinTruth extends DoFn<KV<String, CoGbkResult>, GradedPlan> {

    private static final long serialVersionUID = 1L;

    static final TupleTag<RolloutPlan> PLANS = new TupleTag<>("plans") {};
    static final TupleTag<GroundTruth> TRUTHS = new TupleTag<>("truths") {};

    @ProcessElement
    public void process(@Element KV<String, CoGbkResult> joined, OutputReceiver<GradedPlan> out) {
        GroundTruth truth = joined.getValue().getOnly(TRUTHS);
        for (RolloutPlan plan : joined.getValue().getAll(PLANS)) {
            out.output(new GradedPlan(plan, truth));
        }
    }
}
