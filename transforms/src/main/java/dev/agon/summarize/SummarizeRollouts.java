package dev.agon.summarize;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.TableName;
import dev.agon.tables.WithRows;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Turns each rollout into what judges and refinement contexts read of it.
 *
 * <p>In: references to finished rollouts, whose trajectories are in the journal. Out: a contender for
 * each, with its row of the table of summaries; or a failure for each rollout whose summary could not be had. Such a rollout does
 * not compete, and keeps its row and its grade.
 */
public final class SummarizeRollouts extends PTransform<PCollection<RolloutRef>, WithRows<Contender>> {

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
    public WithRows<Contender> expand(PCollection<RolloutRef> rollouts) {
        PCollectionTuple summarized = rollouts.apply(
                "Summarize",
                MapConcurrently.of(
                        new SummarizeRollout(config, scope),
                        scope,
                        new InFlightLimit("summaries", scope.modelCalls().inFlight()),
                        SummarizeRollout.CONTENDERS,
                        SummarizeRollout.SUMMARIES));
        return WithRows.of(summarized, SummarizeRollout.CONTENDERS)
                .and(TableName.SUMMARIES, summarized.get(SummarizeRollout.SUMMARIES));
    }
}
