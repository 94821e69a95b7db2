package dev.agon.tournament;

import dev.agon.concurrency.MapEach;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Selector;
import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Deals the candidates of a task into the matches of one round, or lets them pass when they are few enough. Those who enter with the same
 * submission are one candidate. A task whose candidates the run's stop cut short has no bracket: one undecided candidate stands for it.
 */
final class DrawMatches implements MapEach.Work<KV<String, List<Contender>>> {

    static final TupleTag<MatchPlan> MATCHES = new TupleTag<>("matches") {};
    static final TupleTag<Contender> DONE = new TupleTag<>("done") {};
    static final TupleTag<Selector> SELECTORS = new TupleTag<>("selectors") {};

    private final TournamentPlan plan;
    private final int round;
    private final long seed;
    private final Population population;

    DrawMatches(TournamentPlan plan, int round, long seed, Population population) {
        this.plan = plan;
        this.round = round;
        this.seed = seed;
        this.population = population;
    }

    @Override
    public void apply(KV<String, List<Contender>> task, MapEach.Outputs out) {
        List<Contender> contenders = task.getValue();
        if (round == 0 && population.isCutShort(contenders.size())) {
            out.give(
                    DONE,
                    Contender.newBuilder(contenders.get(0))
                            .setUndecided("stopped")
                            .build());
            return;
        }
        if (round == 0 && !plan.goesOn()) {
            Baselines.of(contenders, seed).forEach(selected -> out.give(SELECTORS, selected));
        }
        if (round == 0 && plan.mergeEqual()) {
            contenders = EqualSubmissions.merge(contenders, plan.bracket().target());
        }
        if (!plan.bracket().plays(contenders.size())) {
            contenders.forEach(contender -> out.give(DONE, contender));
            return;
        }
        List<List<Contender>> groups = plan.bracket().deal(order(contenders), Contender::getByes);
        for (int group = 0; group < groups.size(); group++) {
            int iteration = groups.get(group).get(0).getIteration();
            int number = groups.get(group).get(0).getRounds();
            out.give(
                    MATCHES,
                    new MatchPlan(
                            Ids.matchId(task.getKey(), iteration, plan.stage(), number, group),
                            task.getKey(),
                            iteration,
                            plan.stage(),
                            number,
                            group,
                            groups.get(group)));
        }
    }

    /** Shuffled before their first match; later in the order of the matches they won, in which they were gathered. */
    private List<Contender> order(List<Contender> contenders) {
        return contenders.get(0).getRounds() == 0 ? Bracket.shuffle(contenders, seed, plan.stage()) : contenders;
    }
}
