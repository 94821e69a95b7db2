package dev.agon.pipelines;

import dev.agon.pipelines.config.Experiment;
import dev.agon.refine.BuildContexts;
import dev.agon.refine.ContextMode;
import dev.agon.refine.RefinementPlan;
import dev.agon.rollout.PlanRollouts;
import dev.agon.rollout.RunRollouts;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.TaskRef;
import dev.agon.summarize.SummarizeRollouts;
import dev.agon.tables.TableRows;
import dev.agon.tables.TableTarget;
import dev.agon.tasks.HandedOverTasks;
import dev.agon.tasks.ReadTasks;
import dev.agon.tournament.RecursiveTournament;
import dev.agon.tournament.TournamentPlan;
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
 * <p>The iterations are unrolled when the graph is built. Tasks and trajectories stay in the journal's store and references to them
 * travel; rows of rollouts are completed when they are written. Each step's failures are rows of the table of failures. Grades
 * leave RunRollouts for their table and go nowhere else.
 */
public final class ScalePipeline {

    private final Experiment experiment;
    private final HandedOverTasks handedOver;
    private final RunScope scope;
    private final TableTarget target;

    /**
     * @param experiment what to run
     * @param handedOver the data set, which the launcher has read
     * @param scope seed, journal, progress and concurrency
     * @param target where the tables go
     */
    public ScalePipeline(Experiment experiment, HandedOverTasks handedOver, RunScope scope, TableTarget target) {
        this.experiment = experiment;
        this.handedOver = handedOver;
        this.scope = scope;
        this.target = target;
    }

    /** Attempt, summarise, select, refine, and attempt again; at last select one. */
    public void build(Pipeline pipeline) {
        TableRows tables = new TableRows(target, scope.journalStore());
        PCollection<TaskRef> tasks =
                pipeline.apply("ReadTasks", ReadTasks.of(handedOver)).rowsTo(tables);
        PlanRollouts plan = PlanRollouts.first(experiment.rolloutsPerTask(), scope);
        for (int iteration = 0; iteration < experiment.iterations(); iteration++) {
            PCollection<Contender> contenders = tasks.apply("PlanRollouts" + iteration, plan)
                    .failuresTo(tables.failures())
                    .apply("RunRollouts" + iteration, RunRollouts.of(experiment.rollouts(), scope))
                    .rowsTo(tables)
                    .apply("SummarizeRollouts" + iteration, summarize())
                    .rowsTo(tables);
            if (iteration == experiment.iterations() - 1) {
                contenders.apply("FinalTournament", tournament(finale())).rowsTo(tables);
            } else {
                PCollection<RefinementContext> contexts = sources(iteration, contenders, tables)
                        .apply("BuildContexts" + iteration, BuildContexts.of(refinement(iteration + 1), scope))
                        .rowsTo(tables);
                plan = refined(iteration + 1, contexts);
            }
        }
        tables.write(pipeline);
    }

    /** What refinement contexts are made of: the survivors of a tournament, or all. */
    private PCollection<Contender> sources(int iteration, PCollection<Contender> contenders, TableRows tables) {
        if (experiment.context() != ContextMode.SELECT) {
            return contenders;
        }
        PCollection<Contender> survivors = contenders
                .apply("SelectTournament" + iteration, tournament(selection()))
                .rowsTo(tables);
        if (experiment.selectToOne()) {
            survivors
                    .apply("SelectOne" + iteration, tournament(selection().goOn(TournamentPlan.SELECT_ONE)))
                    .rowsTo(tables);
        }
        return survivors;
    }

    private PlanRollouts refined(int iteration, PCollection<RefinementContext> contexts) {
        return PlanRollouts.of(
                iteration,
                experiment.rolloutsPerTask(),
                contexts,
                experiment.context().isForEverySlot(),
                scope);
    }

    private SummarizeRollouts summarize() {
        return SummarizeRollouts.of(experiment.summarizer(), scope);
    }

    private RecursiveTournament tournament(TournamentPlan plan) {
        return RecursiveTournament.of(plan, experiment.judge(), scope);
    }

    private RefinementPlan refinement(int iteration) {
        return new RefinementPlan(
                experiment.context(),
                experiment.contextSize(),
                experiment.rolloutsPerTask(),
                iteration,
                scope.seed(),
                experiment.rollouts().prompts());
    }

    private TournamentPlan selection() {
        return TournamentPlan.select(
                experiment.contextSize(),
                experiment.groupSize(),
                experiment.rolloutsPerTask(),
                experiment.mergeEqual());
    }

    private TournamentPlan finale() {
        return TournamentPlan.finale(experiment.groupSize(), experiment.rolloutsPerTask(), experiment.mergeEqual());
    }
}
