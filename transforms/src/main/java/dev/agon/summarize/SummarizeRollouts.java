package dev.agon.summarize;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.WithFailures;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.SummarizedRollout;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Turns each rollout into what judges and refinement contexts read of it.
 *
 * <p>In: references to finished rollouts, whose trajectories are in the journal. Out: a summary and the contender it makes, or a
 * failure for each rollout whose summary could not be had; such a rollout does not compete, and keeps its row and its grade.
 *
 * <p>Where the configuration asks for evidence, each text ends with what Agon itself finds in the record, and with how far the rollout
 * agrees with the others of its task; all rollouts of a task are waited for then, and a text changes when rollouts are added.
 */
public final class SummarizeRollouts extends PTransform<PCollection<RolloutRef>, WithFailures<SummarizedRollout>> {

    private static final long serialVersionUID = 1L;

    private final SummarizerConfig config;
    private final RunScope scope;

    private SummarizeRollouts(SummarizerConfig config, RunScope scope) {
        this.config = config;
        this.scope = scope;
    }

    /**
     * @param config what stands for a rollout, and who writes it
     * @param scope the run
     */
    public static SummarizeRollouts of(SummarizerConfig config, RunScope scope) {
        return new SummarizeRollouts(config, scope);
    }

    @Override
    public WithFailures<SummarizedRollout> expand(PCollection<RolloutRef> rollouts) {
        WithFailures<SummarizedRollout> summarized = rollouts.apply(
                "Summarize",
                MapConcurrently.of(
                        new SummarizeRollout(config, scope),
                        SummarizedRollout.class,
                        scope.spread("summaries", scope.modelCalls().inFlight())));
        return config.evidence()
                ? new WithFailures<>(
                        summarized.output().apply("CompareAttempts", new CompareAttempts()), summarized.failures())
                : summarized;
    }
}
