package dev.agon.tournament;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.Union;
import dev.agon.concurrency.WithFailures;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.PlayedMatch;
import dev.agon.schemas.Vote;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Recursive Tournament Voting (arXiv 2604.16529): narrows the candidates of each task, round by round, to a target.
 *
 * <pre>
 *   contenders ─► by task ─► DrawMatches ─► PlayMatches ─► winners ─► … ─► RankSurvivors
 *                                │ (few enough: no match)                       ▲
 *                                └──────────────────────────────────────────────┘
 * </pre>
 *
 * <p>In: contenders of any number of tasks. Out: {@link TournamentResult}. The rounds are unrolled for the largest population;
 * smaller ones are done earlier. Votes that the judge did not cast become failures. A task with an undecided match,
 * or whose candidates a stop of the run cut short, has no survivors.
 */
public final class RecursiveTournament extends PTransform<PCollection<Contender>, TournamentResult> {

    private static final long serialVersionUID = 1L;

    private final TournamentPlan plan;
    private final JudgeConfig judge;
    private final RunScope scope;

    private RecursiveTournament(TournamentPlan plan, JudgeConfig judge, RunScope scope) {
        this.plan = plan;
        this.judge = judge;
        this.scope = scope;
    }

    /**
     * @param plan stage, bracket and largest population
     * @param judge who votes, and how often
     * @param scope the run
     */
    public static RecursiveTournament of(TournamentPlan plan, JudgeConfig judge, RunScope scope) {
        return new RecursiveTournament(plan, judge, scope);
    }

    @Override
    public TournamentResult expand(PCollection<Contender> contenders) {
        List<PCollection<Match>> matches = new ArrayList<>();
        List<PCollection<Vote>> votes = new ArrayList<>();
        List<PCollection<Failure>> failures = new ArrayList<>();
        Population population = new Population(plan.largestPopulation(), scope);
        int rounds = plan.bracket().rounds(plan.largestPopulation());
        PCollection<Contender> left = contenders;
        List<PCollection<Contender>> survivors = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            PCollectionTuple drawn = left.apply("ByTask" + round, byTask())
                    .apply("Gather" + round, GroupByKey.create())
                    .apply(
                            "DrawMatches" + round,
                            ParDo.of(new DrawMatches(plan, round, scope.seed(), population))
                                    .withOutputTags(DrawMatches.MATCHES, TupleTagList.of(DrawMatches.DONE)));
            WithFailures<PlayedMatch> played = drawn.get(DrawMatches.MATCHES)
                    .apply(
                            "PlayMatches" + round,
                            MapConcurrently.of(
                                    new PlayMatches(judge, scope),
                                    PlayedMatch.class,
                                    scope.spread("matches", PlayMatches.inFlight(scope, judge))));
            PCollectionTuple results = played.output()
                    .apply(
                            "TakeApart" + round,
                            ParDo.of(new TakeApartMatch())
                                    .withOutputTags(
                                            TakeApartMatch.WINNERS,
                                            TupleTagList.of(TakeApartMatch.MATCHES)
                                                    .and(TakeApartMatch.VOTES)
                                                    .and(TakeApartMatch.FAILURES)));
            matches.add(results.get(TakeApartMatch.MATCHES));
            votes.add(results.get(TakeApartMatch.VOTES));
            failures.add(results.get(TakeApartMatch.FAILURES));
            failures.add(played.failures());
            survivors.add(drawn.get(DrawMatches.DONE));
            left = results.get(TakeApartMatch.WINNERS);
        }
        survivors.add(left);
        PCollectionTuple ranked = PCollectionList.of(survivors)
                .apply("Survivors", Flatten.pCollections())
                .apply("ByTask", byTask())
                .apply("Gather", GroupByKey.create())
                .apply(
                        "RankSurvivors",
                        ParDo.of(new RankSurvivors(plan.stage(), population, rounds == 0))
                                .withOutputTags(RankSurvivors.SURVIVORS, TupleTagList.of(RankSurvivors.SELECTIONS)));
        return new TournamentResult(
                ranked.get(RankSurvivors.SURVIVORS),
                ranked.get(RankSurvivors.SELECTIONS),
                Union.of(contenders.getPipeline(), "Matches", matches, Match.class),
                Union.of(contenders.getPipeline(), "Votes", votes, Vote.class),
                Union.of(contenders.getPipeline(), "Failures", failures, Failure.class));
    }

    private static WithKeys<String, Contender> byTask() {
        return WithKeys.<String, Contender>of(Contender::getTaskId).withKeyType(TypeDescriptors.strings());
    }
}
