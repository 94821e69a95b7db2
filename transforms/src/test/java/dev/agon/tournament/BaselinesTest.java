package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Facts;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Selector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    @Test
    void eachRuleSelectsByItsOwnSign() {
        assertThat(selected(
                        1,
                        attempt(0, 9, 500, false, "a"),
                        attempt(1, 7, 400, true, "b"),
                        attempt(2, 3, 900, true, "c"),
                        attempt(3, 8, 300, true, "d"),
                        attempt(4, 9, 700, true, "d"),
                        attempt(5, 9, 800, true, ""),
                        attempt(6, 9, 800, true, ""),
                        attempt(7, 9, 800, true, "")))
                .containsEntry("fewest_steps", 2)
                .containsEntry("fewest_output_tokens", 3)
                .containsEntry("first_submitted", 1)
                .hasEntrySatisfying("majority", index -> assertThat(index).isIn(3, 4));
    }

    @Test
    void equalsAreDrawnByTheSeed() {
        Set<Integer> drawn = LongStream.range(0, 50)
                .mapToObj(seed -> selected(seed, attempt(0, 1, 1, true, "a"), attempt(1, 1, 1, true, "b"))
                        .get("random"))
                .collect(Collectors.toSet());
        assertThat(drawn).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void whatIsNotKnownIsNotCompared() {
        assertThat(Baselines.of(
                        List.of(Contender.newBuilder(BracketTest.contender(0))
                                .setFacts(null)
                                .build()),
                        1))
                .isEmpty();
    }

    private static Map<String, Integer> selected(long seed, Contender... attempts) {
        return Baselines.of(List.of(attempts), seed).stream()
                .collect(Collectors.toMap(
                        Selector::getSelector,
                        row -> Integer.parseInt(row.getRolloutId().substring("t/0/".length()))));
    }

    private static Contender attempt(int index, int steps, long tokens, boolean submitted, String submission) {
        return Contender.newBuilder(BracketTest.contender(index))
                .setSubmissionHash(Ids.sha256(submission))
                .setFacts(Facts.newBuilder()
                        .setSubmitted(submitted)
                        .setChanged(true)
                        .setSteps(steps)
                        .setOutputTokens(tokens)
                        .build())
                .build();
    }
}
