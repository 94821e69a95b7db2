package dev.agon.tournament;

import dev.agon.concurrency.MapEach;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Ranks the survivors of a task: by the share of votes won of those that could be won on the way, then by how many attempts they stand
 * for, then by the bracket's order, then by the slot's. The paper ranks nobody; the rule is ours. Who had no vote to win, by byes alone, stands where half of the votes would stand.
 */
final class RankSurvivors implements MapEach.Work<KV<String, List<Contender>>> {

    static final TupleTag<Contender> SURVIVORS = new TupleTag<>("survivors") {};
    static final TupleTag<Selection> SELECTIONS = new TupleTag<>("selections") {};

    private static final Comparator<Contender> RANK = Comparator.comparingDouble(RankSurvivors::share)
            .thenComparingInt(Contender::getRepresents)
            .reversed()
            .thenComparingInt(Contender::getPlace)
            .thenComparingInt(Contender::getIndex);

    private final String stage;
    private final Population population;
    private final boolean unplayed;

    /** @param unplayed whether those who come are all who entered, since not even the largest population plays a round */
    RankSurvivors(String stage, Population population, boolean unplayed) {
        this.stage = stage;
        this.population = population;
        this.unplayed = unplayed;
    }

    private static double share(Contender survivor) {
        return survivor.getVotesPossible() == 0 ? 0.5 : survivor.getVotesWon() / (double) survivor.getVotesPossible();
    }

    @Override
    public void apply(KV<String, List<Contender>> task, MapEach.Outputs out) {
        List<Contender> survivors = new ArrayList<>(task.getValue());
        if (survivors.stream().anyMatch(survivor -> survivor.getUndecided() != null)
                || (unplayed && population.isCutShort(survivors.size()))) {
            return; // there is no selection where a match or a candidate is missing; its failures say so
        }
        survivors.sort(RANK);
        for (int rank = 0; rank < survivors.size(); rank++) {
            Contender survivor = survivors.get(rank);
            out.give(SURVIVORS, Contender.newBuilder(survivor).setRank(rank).build());
            out.give(
                    SELECTIONS,
                    new Selection(task.getKey(), survivor.getIteration(), stage, rank + 1, survivor.getRolloutId()));
        }
    }
}
