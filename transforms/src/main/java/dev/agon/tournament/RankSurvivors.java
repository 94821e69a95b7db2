package dev.agon.tournament;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Ranks the survivors of a task: more votes won on the way first, then the bracket's order, then the slot's. */
final class RankSurvivors extends DoFn<KV<String, List<Contender>>, Contender> {

    static final TupleTag<Contender> SURVIVORS = new TupleTag<>("survivors") {};
    static final TupleTag<Selection> SELECTIONS = new TupleTag<>("selections") {};

    private static final Comparator<Contender> RANK = Comparator.comparingInt(Contender::getVotesWon)
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

    @ProcessElement
    public void process(@Element KV<String, List<Contender>> task, MultiOutputReceiver out) {
        List<Contender> survivors = new ArrayList<>(task.getValue());
        if (survivors.stream().anyMatch(survivor -> survivor.getUndecided() != null)
                || (unplayed && population.isCutShort(survivors.size()))) {
            return; // there is no selection where a match or a candidate is missing; its failures say so
        }
        survivors.sort(RANK);
        for (int rank = 0; rank < survivors.size(); rank++) {
            Contender survivor = survivors.get(rank);
            out.get(SURVIVORS)
                    .output(Contender.newBuilder(survivor).setPlace(rank).build());
            out.get(SELECTIONS)
                    .output(new Selection(
                            task.getKey(), survivor.getIteration(), stage, rank + 1, survivor.getRolloutId()));
        }
    }
}
