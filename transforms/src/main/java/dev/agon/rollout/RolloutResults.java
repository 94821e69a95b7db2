package dev.agon.rollout;

import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.RolloutRow;
import dev.agon.tables.WholeRollout;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What comes of running the rollouts of one iteration. Grades leave by their own door, for the tables alone.
 *
 * @param refs a reference to each finished rollout, for the steps that follow
 * @param rollouts the rows, for {@link WholeRollout} to complete when they are written
 * @param grades the grades that could be had
 * @param failures slots without a rollout, and rollouts without a grade, for reasons of infrastructure
 */
public record RolloutResults(
        PCollection<RolloutRef> refs,
        PCollection<RolloutRow> rollouts,
        PCollection<Grade> grades,
        PCollection<Failure> failures)
        implements POutput {

    @Override
    public Pipeline getPipeline() {
        return refs.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
        return Map.of(
                new TupleTag<RolloutRef>("refs"), refs,
                new TupleTag<RolloutRow>("rollouts"), rollouts,
                new TupleTag<Grade>("grades"), grades,
                new TupleTag<Failure>("failures"), failures);
    }

    @Override
    public void finishSpecifyingOutput(String transformName, PInput input, PTransform<?, ?> transform) {}
}
