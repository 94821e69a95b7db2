package dev.agon.tournament;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.gathering.Gather;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.TableName;
import dev.agon.tables.WithRows;
import dev.agon.tables.WithRows.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Recursive Tournament Voting (arXiv 2604.16529): narrows the candidates of each task, round by round, to a target.
 *
 * <pre>
 *   contenders ─► gather by task ─► DrawMatches ─► PlayMatches ─► winners ─► … ─► RankSurvivors
 *                                       │ (few enough: no match)                      ▲
 *                                       └─────────────────────────────────────────────┘
 * </pre>
 *
 * <p>In: contenders of any number of tasks. Out: the target's number of survivors for each task, or all where there were no more,
 * and rows of the tables of matches, votes, selections, selectors and failures. The rounds are unrolled for the largest population; smaller
 * ones are done earlier. A tournament whose contenders are the survivors of another goes on from its bracket and counts its rounds on. Votes
 * that the judge did not cast are failures. A task with an undecided match, or whose candidates a
 * stop of the run cut short, has no survivors.
 */
public final class RecursiveTournament extends PTransform<PCollection<Contender>, WithRows<Contender>> {

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
    public WithRows<Contender> expand(PCollection<Contender> contenders) {
        Population population = new Population(plan.largestPopulation(), scope);
        int rounds = plan.bracket().rounds(plan.largestPopulation());
        List<Rows> rows = new ArrayList<>();
        List<PCollection<Contender>> survivors = new ArrayList<>();
        PCollection<Contender> left = contenders;
        for (int round = 0; round < rounds; round++) {
            PCollectionTuple drawn = left.apply("Gather" + round, gather())
                    .apply(
                            "DrawMatches" + round,
                            MapEach.of(
                                    new DrawMatches(plan, round, scope.seed(), population),
                                    task -> MapEach.ofTask("vote", task.getKey()),
                                    DrawMatches.MATCHES,
                                    DrawMatches.DONE,
                                    DrawMatches.SELECTORS));
            rows.add(new Rows(TableName.SELECTORS, drawn.get(DrawMatches.SELECTORS)));
            rows.add(new Rows(TableName.FAILURES, drawn.get(MapConcurrently.FAILURES)));
            PCollectionTuple played = drawn.get(DrawMatches.MATCHES).apply("PlayMatches" + round, play());
            rows.add(new Rows(TableName.MATCHES, played.get(PlayMatches.MATCHES)));
            rows.add(new Rows(TableName.VOTES, played.get(PlayMatches.VOTES)));
            rows.add(new Rows(TableName.FAILURES, played.get(MapConcurrently.FAILURES)));
            survivors.add(drawn.get(DrawMatches.DONE));
            left = played.get(PlayMatches.WINNERS);
        }
        survivors.add(left);
        PCollectionTuple ranked = PCollectionList.of(survivors)
                .apply("Survivors", Flatten.pCollections())
                .apply("Gather", gather())
                .apply(
                        "RankSurvivors",
                        MapEach.of(
                                new RankSurvivors(plan.stage(), population, rounds == 0),
                                task -> MapEach.ofTask("vote", task.getKey()),
                                RankSurvivors.SURVIVORS,
                                RankSurvivors.SELECTIONS));
        return new WithRows<>(ranked.get(RankSurvivors.SURVIVORS), rows)
                .and(TableName.FAILURES, ranked.get(MapConcurrently.FAILURES))
                .and(TableName.SELECTIONS, ranked.get(RankSurvivors.SELECTIONS));
    }

    /** In the order of the matches that they won; before the first match, of their slots. */
    private Gather<Contender> gather() {
        return Gather.byTask(
                Contender::getTaskId,
                (one, other) -> one.getPlace() != other.getPlace()
                        ? Integer.compare(one.getPlace(), other.getPlace())
                        : Integer.compare(one.getIndex(), other.getIndex()),
                plan.largestPopulation());
    }

    private MapConcurrently<MatchPlan, Contender> play() {
        return MapConcurrently.of(
                new PlayMatches(judge, scope.seed()),
                scope,
                PlayMatches.inFlight(scope, judge),
                PlayMatches.WINNERS,
                PlayMatches.MATCHES,
                PlayMatches.VOTES);
    }
}
