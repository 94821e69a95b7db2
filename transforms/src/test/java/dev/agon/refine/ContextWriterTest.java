package dev.agon.refine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.prompts.Prompts;
import dev.agon.schemas.Contender;
import dev.agon.schemas.RefinementContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContextWriterTest {

    @Test
    void selectIsOneContextOfTheSurvivorsByRank() {
        List<Contender> survivors = List.of(contender(5, 1), contender(2, 0), contender(7, 2));
        List<RefinementContext> contexts = write(ContextMode.SELECT, survivors);
        assertThat(contexts).singleElement().satisfies(context -> {
            assertThat(context.getContextId()).isEqualTo("t/1/shared");
            assertThat(context.getIteration()).isEqualTo(1);
            assertThat(context.getRolloutIds()).containsExactly("t/0/2", "t/0/5", "t/0/7");
            assertThat(context.getText()).containsSubsequence("summary 2", "summary 5", "summary 7");
        });
    }

    @Test
    void singleIsTheOwnPredecessorAndASlotWithoutOneGetsNothing() {
        List<RefinementContext> contexts = write(ContextMode.SINGLE, List.of(contender(0, 0), contender(2, 0)));
        assertThat(contexts).extracting(RefinementContext::getContextId).containsExactly("t/1/0", "t/1/2");
        assertThat(contexts)
                .extracting(RefinementContext::getRolloutIds)
                .containsExactly(List.of("t/0/0"), List.of("t/0/2"));
    }

    @Test
    void randomDrawsAnewForEachSlotWhateverTheOrderOfArrival() {
        List<Contender> all =
                IntStream.range(0, 8).mapToObj(i -> contender(i, 0)).collect(Collectors.toList());
        List<RefinementContext> contexts = write(ContextMode.RANDOM, all);
        assertThat(contexts).hasSize(8);
        assertThat(contexts)
                .allSatisfy(context ->
                        assertThat(context.getRolloutIds()).hasSize(4).doesNotHaveDuplicates());
        assertThat(new HashSet<>(
                        contexts.stream().map(RefinementContext::getRolloutIds).toList()))
                .hasSizeGreaterThan(4);
        List<Contender> otherwise = new ArrayList<>(all);
        Collections.reverse(otherwise);
        assertThat(write(ContextMode.RANDOM, otherwise)).isEqualTo(contexts);
    }

    @Test
    void randomTakesAllWhenThereAreFewer() {
        assertThat(write(ContextMode.RANDOM, List.of(contender(3, 0))))
                .allSatisfy(context -> assertThat(context.getRolloutIds()).containsExactly("t/0/3"));
    }

    @Test
    void noneIsNothing() {
        assertThat(write(ContextMode.NONE, List.of(contender(0, 0)))).isEmpty();
    }

    private static List<RefinementContext> write(ContextMode mode, List<Contender> contenders) {
        return new ContextWriter(new RefinementPlan(mode, 4, 8, 1, 7, Prompts.SHIPPED)).write("t", contenders);
    }

    private static Contender contender(int index, int place) {
        return Contender.newBuilder()
                .setRolloutId("t/0/" + index)
                .setTaskId("t")
                .setIteration(0)
                .setIndex(index)
                .setStatement("do it")
                .setText("summary " + index)
                .setSubmissionHash(null)
                .setRank(place)
                .build();
    }
}
