package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.Contender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BracketTest {

    @Test
    void exactlyTheTargetSurvivesWhateverThePopulation() {
        for (int groupSize = 2; groupSize <= 7; groupSize++) {
            for (int target = 1; target <= 9; target++) {
                Bracket bracket = new Bracket(target, groupSize);
                for (int population = 0; population <= 70; population++) {
                    List<Integer> left = IntStream.range(0, population).boxed().collect(Collectors.toList());
                    int rounds = 0;
                    List<Integer> matches = new ArrayList<>();
                    while (bracket.plays(left.size())) {
                        List<List<Integer>> groups = bracket.deal(left);
                        groups.stream().map(List::size).filter(size -> size > 1).forEach(matches::add);
                        assertThat(groups.stream().flatMap(List::stream)).isEqualTo(left);
                        assertThat(groups.stream().mapToInt(List::size).max().orElseThrow()
                                        - groups.stream()
                                                .mapToInt(List::size)
                                                .min()
                                                .orElseThrow())
                                .isLessThanOrEqualTo(1);
                        assertThat(groups).allSatisfy(g -> assertThat(g).isNotEmpty());
                        assertThat(groups.stream().mapToInt(List::size).max().orElseThrow())
                                .isLessThanOrEqualTo(groupSize);
                        left = groups.stream().map(g -> g.get(0)).collect(Collectors.toList());
                        rounds++;
                    }
                    assertThat(left).hasSize(Math.min(population, target));
                    assertThat(rounds).isEqualTo(bracket.rounds(population));
                    assertThat(matches).isEqualTo(bracket.matchSizes(population));
                }
            }
        }
    }

    @Test
    void sixteenToFourToOneInPairs() {
        assertThat(new Bracket(4, 2).rounds(16)).isEqualTo(2);
        assertThat(new Bracket(1, 2).rounds(16)).isEqualTo(4);
        assertThat(new Bracket(4, 2).deal(List.of(0, 1, 2, 3, 4, 5)))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4), List.of(5));
    }

    @Test
    void theShuffleDependsOnSeedAndStageAndNotOnArrival() {
        List<Contender> contenders =
                IntStream.range(0, 16).mapToObj(BracketTest::contender).collect(Collectors.toList());
        List<Contender> arrivedOtherwise = new ArrayList<>(contenders);
        Collections.reverse(arrivedOtherwise);
        assertThat(Bracket.shuffle(arrivedOtherwise, 1, "select")).isEqualTo(Bracket.shuffle(contenders, 1, "select"));
        assertThat(Bracket.shuffle(contenders, 2, "select")).isNotEqualTo(Bracket.shuffle(contenders, 1, "select"));
        assertThat(Bracket.shuffle(contenders, 1, "final")).isNotEqualTo(Bracket.shuffle(contenders, 1, "select"));
    }

    static Contender contender(int index) {
        return Contender.newBuilder()
                .setRolloutId("t/0/" + index)
                .setTaskId("t")
                .setIteration(0)
                .setIndex(index)
                .setStatement("do it")
                .setText("attempt " + index)
                .setSubmissionHash("hash " + index)
                .build();
    }
}
