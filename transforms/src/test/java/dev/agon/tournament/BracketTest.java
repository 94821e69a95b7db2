package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Facts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                        List<List<Integer>> groups = bracket.deal(left, candidate -> 0);
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
        assertThat(new Bracket(4, 2).deal(List.of(0, 1, 2, 3, 4, 5), candidate -> 0))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4), List.of(5));
    }

    @Test
    void nobodyHasASecondByeWhileAnotherHasNone() {
        for (int groupSize = 2; groupSize <= 4; groupSize++) {
            for (int target = 1; target <= 4; target++) {
                for (int population = 2; population <= 70; population++) {
                    Bracket bracket = new Bracket(target, groupSize);
                    Map<Integer, Integer> byes = new HashMap<>();
                    List<Integer> left = IntStream.range(0, population).boxed().toList();
                    while (bracket.plays(left.size())) {
                        List<List<Integer>> groups = bracket.deal(left, each -> byes.getOrDefault(each, 0));
                        List<Integer> passed = groups.stream()
                                .filter(group -> group.size() == 1)
                                .map(group -> group.get(0))
                                .toList();
                        int most = passed.stream()
                                .mapToInt(each -> byes.getOrDefault(each, 0))
                                .max()
                                .orElse(0);
                        assertThat(left)
                                .filteredOn(each -> !passed.contains(each))
                                .as("whoever plays has had as many byes as one who passes")
                                .allMatch(each -> byes.getOrDefault(each, 0) >= most);
                        passed.forEach(each -> byes.merge(each, 1, Integer::sum));
                        left = groups.stream().map(group -> group.get(0)).toList();
                    }
                }
            }
        }
    }

    /** Half of the candidates pass; a match of a passing and a failing one goes to the passing one with the judge's accuracy. */
    @ParameterizedTest
    @CsvSource({
        "5, 0.65, 0.668",
        "5, 0.8, 0.817",
        "9, 0.65, 0.727",
        "9, 0.8, 0.895",
        "17, 0.65, 0.780",
        "17, 0.8, 0.950",
        "16, 0.65, 0.777"
    })
    void theWinnerPassesAsOftenAsWithByesThatRotate(int population, double accuracy, double expected) {
        Bracket bracket = new Bracket(1, 2);
        SplittableRandom random = new SplittableRandom(population);
        int times = 40_000;
        int passed = 0;
        for (int time = 0; time < times; time++) {
            List<int[]> left = IntStream.range(0, population)
                    .mapToObj(each -> new int[] {random.nextInt(2), 0})
                    .toList();
            while (bracket.plays(left.size())) {
                List<int[]> winners = new ArrayList<>();
                for (List<int[]> group : bracket.deal(left, each -> each[1])) {
                    if (group.size() == 1) {
                        winners.add(new int[] {group.get(0)[0], group.get(0)[1] + 1});
                    } else {
                        int[] better = group.get(0)[0] >= group.get(1)[0] ? group.get(0) : group.get(1);
                        int[] other = better == group.get(0) ? group.get(1) : group.get(0);
                        boolean told = better[0] == other[0] || random.nextDouble() < accuracy;
                        winners.add(told ? better : other);
                    }
                }
                left = winners;
            }
            passed += left.get(0)[0];
        }
        assertThat(passed / (double) times).isCloseTo(expected, within(0.01));
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
                .setFacts(Facts.newBuilder()
                        .setSubmitted(true)
                        .setChanged(true)
                        .setSteps(1)
                        .setOutputTokens(100 + index)
                        .build())
                .build();
    }
}
