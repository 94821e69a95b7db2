package dev.agon.pipelines;

import dev.agon.corpus.CorpusListing;
import dev.agon.corpus.CorpusOutcomes;
import dev.agon.corpus.ReadCorpus;
import dev.agon.pipelines.config.ReplayExperiment;
import dev.agon.runtime.RunScope;
import dev.agon.summarize.SummarizeRollouts;
import dev.agon.tables.TableRows;
import dev.agon.tables.TableTarget;
import dev.agon.tournament.RecursiveTournament;
import dev.agon.tournament.TournamentPlan;
import org.apache.beam.sdk.Pipeline;

/**
 * The job without agents: a corpus of trajectories in, the tables of a run out.
 *
 * <pre>
 *   ReadCorpus ─► SummarizeRollouts ─► RecursiveTournament (to K) ─► RecursiveTournament (to 1)
 *        └─► tasks, rollouts, grades, failures
 * </pre>
 *
 * <p>The corpus is iteration 0. Outcomes leave ReadCorpus as grades for their table and go nowhere else.
 */
public final class ReplayPipeline {

    private final ReplayExperiment experiment;
    private final CorpusListing listing;
    private final CorpusOutcomes outcomes;
    private final RunScope scope;
    private final TableTarget target;

    /**
     * @param experiment what to replay
     * @param listing the files of the corpus
     * @param outcomes what files of outcomes say
     * @param scope seed, journal, progress and concurrency
     * @param target where the tables go
     */
    public ReplayPipeline(
            ReplayExperiment experiment,
            CorpusListing listing,
            CorpusOutcomes outcomes,
            RunScope scope,
            TableTarget target) {
        this.experiment = experiment;
        this.listing = listing;
        this.outcomes = outcomes;
        this.scope = scope;
        this.target = target;
    }

    /** Summarise, select some, and select one of them. */
    public void build(Pipeline pipeline) {
        TableRows tables = new TableRows(target, scope.journalStore());
        pipeline.apply("ReadCorpus", ReadCorpus.of(experiment.corpus(), listing, outcomes, scope))
                .rowsTo(tables)
                .apply("SummarizeRollouts", SummarizeRollouts.of(experiment.summarizer(), scope))
                .rowsTo(tables)
                .apply("SelectTournament", tournament(selection()))
                .rowsTo(tables)
                .apply("FinalTournament", tournament(finale()))
                .rowsTo(tables);
        tables.write(pipeline);
    }

    private RecursiveTournament tournament(TournamentPlan plan) {
        return RecursiveTournament.of(plan, experiment.judge(), scope);
    }

    private TournamentPlan selection() {
        return TournamentPlan.select(
                experiment.contextSize(),
                experiment.groupSize(),
                CorpusListing.ATTEMPTS_AT_MOST,
                experiment.mergeEqual());
    }

    private TournamentPlan finale() {
        return experiment.selectToOne()
                ? selection().goOn(TournamentPlan.FINAL)
                : TournamentPlan.finale(experiment.groupSize(), experiment.contextSize(), experiment.mergeEqual());
    }
}
