package dev.agon.pipelines;

import dev.agon.concurrency.WithFailures;
import dev.agon.corpus.Corpus;
import dev.agon.corpus.CorpusListing;
import dev.agon.corpus.CorpusOutcomes;
import dev.agon.corpus.ReadCorpus;
import dev.agon.pipelines.config.ReplayExperiment;
import dev.agon.pipelines.output.TableRows;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.SummarizedRollout;
import dev.agon.schemas.TableName;
import dev.agon.summarize.SummarizeRollouts;
import dev.agon.summarize.SummaryParts;
import dev.agon.tables.TableTarget;
import dev.agon.tournament.RecursiveTournament;
import dev.agon.tournament.TournamentPlan;
import dev.agon.tournament.TournamentResult;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

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

    /** Adds the steps to a pipeline. */
    public void build(Pipeline pipeline) {
        TableRows tables = new TableRows(target, scope.journalStore());

        Corpus corpus = pipeline.apply("ReadCorpus", ReadCorpus.of(experiment.corpus(), listing, outcomes, scope));
        tables.add(TableName.TASKS, corpus.tasks());
        tables.add(TableName.ROLLOUTS, corpus.rollouts());
        tables.add(TableName.GRADES, corpus.grades());
        tables.add(TableName.FAILURES, corpus.failures());

        WithFailures<SummarizedRollout> summarized =
                corpus.refs().apply("SummarizeRollouts", SummarizeRollouts.of(experiment.summarizer(), scope));
        tables.add(TableName.SUMMARIES, summarized.output().apply("SummaryRows", SummaryParts.rows()));
        tables.add(TableName.FAILURES, summarized.failures());
        PCollection<Contender> contenders = summarized.output().apply("Contenders", SummaryParts.contenders());

        PCollection<Contender> selected = select(
                "SelectTournament",
                TournamentPlan.select(experiment.contextSize(), experiment.groupSize(), CorpusListing.ATTEMPTS_AT_MOST),
                contenders,
                tables);
        select(
                "FinalTournament",
                TournamentPlan.finale(experiment.groupSize(), experiment.contextSize()),
                selected,
                tables);
        tables.write(pipeline);
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
}
