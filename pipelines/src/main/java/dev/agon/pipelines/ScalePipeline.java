package dev.agon.pipelines;

import dev.agon.concurrency.WithFailures;
import dev.agon.pipelines.config.Experiment;
import dev.agon.pipelines.output.TableRows;
import dev.agon.refine.BuildContexts;
import dev.agon.refine.ContextMode;
import dev.agon.refine.RefinementPlan;
import dev.agon.rollout.PlanRollouts;
import dev.agon.rollout.RolloutResults;
import dev.agon.rollout.RunRollouts;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.SummarizedRollout;
import dev.agon.schemas.TableName;
import dev.agon.summarize.SummarizeRollouts;
import dev.agon.summarize.SummaryParts;
import dev.agon.tables.TableTarget;
import dev.agon.tasks.HandedOverTasks;
import dev.agon.tasks.ReadTasks;
import dev.agon.tasks.TaskRows;
import dev.agon.tournament.RecursiveTournament;
import dev.agon.tournament.TournamentPlan;
import dev.agon.tournament.TournamentResult;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/**
 * The main job: tasks in, the tables of a run out.
 *
 * <pre>
 *   ReadTasks ─► PlanRollouts ─► RunRollouts ─► SummarizeRollouts ─► RecursiveTournament ─► BuildContexts ─┐
 *                     ▲              └─► rollouts, grades, failures        (to K, at last to 1)              │
 *                     └────────────────────────────── iteration t + 1 ◄─────────────────────────────────────┘
 * </pre>
 *
 * <p>The iterations are unrolled when the graph is built. Trajectories stay in the journal: references to them travel, and rows of
 * rollouts are completed when they are written. Each step's failures join the table of failures. Grades leave
 * RunRollouts for their table and go nowhere else.
 */
public final class ScalePipeline {

    private final Experiment experiment;
    private final HandedOverTasks tasks;
    private final RunScope scope;
    private final TableTarget target;

    /**
     * @param experiment what to run
     * @param tasks the data set, which the launcher has read
     * @param scope seed, journal, progress and concurrency
     * @param target where the tables go
     */
    public ScalePipeline(Experiment experiment, HandedOverTasks tasks, RunScope scope, TableTarget target) {
        this.experiment = experiment;
        this.tasks = tasks;
        this.scope = scope;
        this.target = target;
    }

    /** Adds the steps to a pipeline. */
    public void build(Pipeline pipeline) {
        TableRows tables = new TableRows(target, scope.journalStore());

        ReadTasks.Result read = pipeline.apply("ReadTasks", ReadTasks.of(tasks));
        tables.add(TableName.TASKS, read.tasks().apply("TaskRows", TaskRows.ofTasks()));
        tables.add(TableName.FAILURES, read.failures());

        PlanRollouts plan = PlanRollouts.first(experiment.rolloutsPerTask(), scope);
        for (int iteration = 0; iteration < experiment.iterations(); iteration++) {
            PCollection<Contender> contenders = attempt(iteration, read, plan, tables);
            boolean last = iteration == experiment.iterations() - 1;
            if (last) {
                select("FinalTournament", finale(), contenders, tables);
            } else {
                PCollection<RefinementContext> contexts = refine(iteration, contenders, tables);
                plan = PlanRollouts.of(
                        iteration + 1,
                        experiment.rolloutsPerTask(),
                        contexts,
                        experiment.context().isForEverySlot(),
                        scope);
            }
        }
        tables.write(pipeline);
    }

    /** N rollouts of every task, graded and summarised. */
    private PCollection<Contender> attempt(int iteration, ReadTasks.Result read, PlanRollouts plan, TableRows tables) {
        WithFailures<RolloutPlan> planned = read.tasks().apply("PlanRollouts" + iteration, plan);
        tables.add(TableName.FAILURES, planned.failures());
        RolloutResults rollouts = planned.output()
                .apply("RunRollouts" + iteration, RunRollouts.of(experiment.rollouts(), read.truths(), scope));
        tables.add(TableName.ROLLOUTS, rollouts.rollouts());
        tables.add(TableName.GRADES, rollouts.grades());
        tables.add(TableName.FAILURES, rollouts.failures());

        WithFailures<SummarizedRollout> summarized = rollouts.refs()
                .apply("SummarizeRollouts" + iteration, SummarizeRollouts.of(experiment.summarizer(), scope));
        tables.add(TableName.SUMMARIES, summarized.output().apply("SummaryRows" + iteration, SummaryParts.rows()));
        tables.add(TableName.FAILURES, summarized.failures());
        return summarized.output().apply("Contenders" + iteration, SummaryParts.contenders());
    }

    /** What the next iteration is told. */
    private PCollection<RefinementContext> refine(int iteration, PCollection<Contender> contenders, TableRows tables) {
        PCollection<Contender> sources = experiment.context() == ContextMode.SELECT
                ? select("SelectTournament" + iteration, selection(), contenders, tables)
                : contenders;
        PCollection<RefinementContext> contexts = sources.apply(
                "BuildContexts" + iteration,
                BuildContexts.of(
                        new RefinementPlan(
                                experiment.context(),
                                experiment.contextSize(),
                                experiment.rolloutsPerTask(),
                                iteration + 1,
                                scope.seed()),
                        scope));
        tables.add(TableName.CONTEXTS, contexts);
        return contexts;
    }

    private PCollection<Contender> select(
            String label, TournamentPlan plan, PCollection<Contender> contenders, TableRows tables) {
        TournamentResult result = contenders.apply(label, RecursiveTournament.of(plan, experiment.judge(), scope));
        tables.add(TableName.MATCHES, result.matches());
        tables.add(TableName.VOTES, result.votes());
        tables.add(TableName.SELECTIONS, result.selections());
        tables.add(TableName.FAILURES, result.failures());
        return result.survivors();
    }

    private TournamentPlan selection() {
        return TournamentPlan.select(experiment.contextSize(), experiment.groupSize(), experiment.rolloutsPerTask());
    }

    private TournamentPlan finale() {
        return TournamentPlan.finale(experiment.groupSize(), experiment.rolloutsPerTask());
    }
}
