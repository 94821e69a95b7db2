package dev.agon.tournament;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.PlayedMatch;
import dev.agon.schemas.Vote;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/** Takes a played match apart into its winner and its rows; one that was left undecided has no row of its own. */
final class TakeApartMatch extends DoFn<PlayedMatch, Contender> {

    private static final long serialVersionUID = 1L;

    static final TupleTag<Contender> WINNERS = new TupleTag<>("winners") {};
    static final TupleTag<Match> MATCHES = new TupleTag<>("matches") {};
    static final TupleTag<Vote> VOTES = new TupleTag<>("votes") {};
    static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

    @ProcessElement
    public void process(@Element PlayedMatch played, MultiOutputReceiver out) {
        out.get(WINNERS).output(played.getWinner());
        if (played.getMatch() != null) {
            out.get(MATCHES).output(played.getMatch());
        }
        played.getVotes().forEach(out.get(VOTES)::output);
        played.getFailures().forEach(out.get(FAILURES)::output);
    }
}
