package dev.agon.tournament;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.Selection;
import dev.agon.schemas.Vote;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What comes out of a tournament.
 *
 * @param survivors the target's number of contenders for each task, or all where there were no more; none for a task whose
 *     tournament was not decided
 * @param selections a row for each survivor, with its rank
 * @param matches a row for each match, byes included
 * @param votes a row for each vote
 * @param failures votes that the judge did not cast
 */
public record TournamentResult(
        PCollection<Contender> survivors,
        PCollection<Selection> selections,
        PCollection<Match> matches,
        PCollection<Vote> votes,
        PCollection<Failure> failures)
        implements POutput {

    @Override
    public Pipeline getPipeline() {
        return survivors.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
        return Map.of(
                new TupleTag<Contender>("survivors"), survivors,
                new TupleTag<Selection>("selections"), selections,
                new TupleTag<Match>("matches"), matches,
                new TupleTag<Vote>("votes"), votes,
                new TupleTag<Failure>("failures"), failures);
    }

    @Override
    public void finishSpecifyingOutput(String transformName, PInput input, PTransform<?, ?> transform) {}
}
