package dev.agon.rollout;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.TableName;
import dev.agon.tables.WithRows;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Runs and grades rollouts: the one step in which an agent and the ground truth of its task meet, each on its own side of a
 * sandbox.
 *
 * <p>In: plans, each with a reference to its task. Out: a reference to each finished rollout, and rows of the tables of rollouts,
 * grades and failures. Each plan is a rollout or a failure. Grades leave for their table alone.
 */
public final class RunRollouts extends PTransform<PCollection<RolloutPlan>, WithRows<RolloutRef>> {

    private final RolloutConfig config;
    private final RunScope scope;

    private RunRollouts(RolloutConfig config, RunScope scope) {
        this.config = config;
        this.scope = scope;
    }

    /**
     * @param config agent, model, sandbox, and how many at once
     * @param scope the run
     */
    public static RunRollouts of(RolloutConfig config, RunScope scope) {
        return new RunRollouts(config, scope);
    }

    @Override
    public WithRows<RolloutRef> expand(PCollection<RolloutPlan> plans) {
        PCollectionTuple finished = plans.apply(
                "Run",
                MapConcurrently.of(
                        new RunRollout(config, scope),
                        scope,
                        new InFlightLimit("rollouts", config.rolloutsInFlight()),
                        RunRollout.REFS,
                        RunRollout.ROLLOUTS,
                        RunRollout.GRADES));
        return WithRows.of(finished, RunRollout.REFS)
                .and(TableName.ROLLOUTS, finished.get(RunRollout.ROLLOUTS))
                .and(TableName.GRADES, finished.get(RunRollout.GRADES));
    }
}
