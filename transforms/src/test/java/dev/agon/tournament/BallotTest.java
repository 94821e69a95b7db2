package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.agon.model.TokenLogprob;
import java.util.List;
import org.junit.jupiter.api.Test;

class BallotTest {

    @Test
    void theProbabilityIsThatOfTheTokenWithTheNumberOfTheLastVote() {
        List<TokenLogprob> tokens = List.of(
                new TokenLogprob("<vote>1</vote> or", -9),
                new TokenLogprob(" <vote", -0.1),
                new TokenLogprob(">", -0.2),
                new TokenLogprob("2", Math.log(0.25)),
                new TokenLogprob("</vote>", -0.3));
        assertThat(Ballot.probability(tokens))
                .get()
                .satisfies(probability -> assertThat(probability).isCloseTo(0.25, within(1e-12)));
    }

    @Test
    void withoutTokensOrAVoteInThemThereIsNone() {
        assertThat(Ballot.probability(List.of())).isEmpty();
        assertThat(Ballot.probability(List.of(new TokenLogprob("two", -1)))).isEmpty();
    }

    @Test
    void theLastReadableVoteCounts() {
        assertThat(Ballot.read("<vote>1</vote> no, <VOTE> 2 </VOTE>", 2)).hasValue(1);
        assertThat(Ballot.read("<vote>3</vote>", 2)).isEmpty();
        assertThat(Ballot.read("2", 2)).isEmpty();
    }
}
