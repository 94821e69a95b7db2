package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.agon.model.ChatReply;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.TokenLogprob;
import dev.agon.model.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BallotTest {

    @Test
    void theProbabilityIsThatOfTheTokenWithTheNumberOfTheLastVote() {
        List<TokenLogprob> tokens = List.of(
                new TokenLogprob("<vote>1</vote> or", -9, Map.of()),
                new TokenLogprob(" <vote", -0.1, Map.of()),
                new TokenLogprob(">", -0.2, Map.of()),
                new TokenLogprob("2", Math.log(0.25), Map.of()),
                new TokenLogprob("</vote>", -0.3, Map.of()));
        assertThat(Ballot.probability(tokens, 1, 2).orElseThrow()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void theProbabilityIsNormalisedOverTheChoices() {
        Map<String, Double> top =
                Map.of("2", Math.log(0.3), "1", Math.log(0.1), "7", Math.log(0.5), "The", Math.log(0.1));
        List<TokenLogprob> tokens = List.of(
                new TokenLogprob("{\"thought\": \"2 passes\", \"choice", -1, Map.of()),
                new TokenLogprob("\":", -1, Map.of()),
                new TokenLogprob(" 2", Math.log(0.3), top),
                new TokenLogprob("}", 0, Map.of()));
        assertThat(Ballot.probability(tokens, 1, 2).orElseThrow()).isCloseTo(0.75, within(1e-12));
        List<TokenLogprob> said =
                List.of(new TokenLogprob("Attempt ", 0, Map.of()), new TokenLogprob("1", Math.log(0.1), top));
        assertThat(Ballot.probability(said, 0, 2).orElseThrow()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void withoutTokensOrAVoteInThemThereIsNone() {
        assertThat(Ballot.probability(List.of(), 0, 2)).isEmpty();
        assertThat(Ballot.probability(List.of(new TokenLogprob("two", -1, Map.of())), 1, 2))
                .isEmpty();
    }

    @Test
    void theLastReadableVoteCounts() throws Exception {
        assertThatThrownBy(() -> read("{\"choice\": 1}{\"choice\": 2}")).isInstanceOf(MalformedAnswerException.class);
        assertThat(read("<vote>1</vote> no, <VOTE> 2 </VOTE>")).isEqualTo(1);
        assertThatThrownBy(() -> read("<vote>3</vote>")).hasMessage("it names attempt 3, and there are 1 to 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2",
                "**2**",
                "2.",
                "Attempt 2",
                "attempt #2.",
                "Vote: 2",
                "2\n\nIt passes the tests.",
                "The most likely attempt is attempt 2.",
                "The attempt most likely to be fully correct is Attempt 2.",
                "The most likely attempt to be fully correct is attempt number 2. It passes.",
                "So the best attempt is 2",
                "Attempt 2 is most likely to be fully correct.",
                "I would choose attempt 2.",
                "My vote is for attempt 2!",
                "Attempt 1 fails its test.\nFinal answer: 2",
                "{\"thought\": \"of 1 and 2\", \"choice\": 2}",
                "```json\n{\"choice\": \"2\"}\n```",
            })
    void whatCanMeanOneAttemptOnlyIsRead(String reply) throws Exception {
        assertThat(read(reply)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two",
                "vote 2",
                "<vote>0</vote>",
                "<vote>two</vote>",
                "<vote>1</vote> <vote>9</vote>",
                "12.5",
                "1 or 2",
                "1\n2",
                "Attempt 1\nAttempt 2",
                "Attempt 2 is wrong.",
                "Attempt 2 is not the most likely.",
                "Attempt 2 passes the test.",
                "1. The first attempt fails.\n2. The second passes.",
                "The most likely attempt is attempt 1 or attempt 2.",
                "The most likely attempt is attempt 1. The best attempt is attempt 2.",
                "The most likely attempt is not attempt 2.",
                "If it compiles, the best attempt is attempt 2.",
                "{\"thought\": \"2\"}",
                "{\"choice\": null}",
                "{\"thought\": \"2 is",
                "</vote>2<vote>",
            })
    void whatIsAmbiguousIsNeverRead(String reply) {
        assertThatThrownBy(() -> read(reply)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void wordsOfACutReplyAreNotRead() throws Exception {
        assertThatThrownBy(() -> Ballot.read(reply("The most likely attempt is attempt 1", "length"), 12))
                .hasMessage("it names no attempt");
        assertThat(Ballot.read(reply("<vote>1</vote> since", "length"), 12)).isZero();
    }

    private static int read(String text) throws MalformedAnswerException {
        return Ballot.read(reply(text, "stop"), 2);
    }

    private static ChatReply reply(String text, String finishReason) {
        return new ChatReply(
                text,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.of(finishReason),
                Usage.NONE,
                0);
    }
}
