package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EqualSubmissionsTest {

    @Test
    void ofEqualOnesTheFirstEntersAndStandsForAll() {
        List<Contender> merged = EqualSubmissions.merge(attempts("a", "b", "a", "a", "c", "b"), 1);
        assertThat(merged).extracting(Contender::getIndex).containsExactly(0, 1, 4);
        assertThat(merged).extracting(Contender::getRepresents).containsExactly(3, 2, 1);
    }

    @Test
    void survivorsAreDifferentAsLongAsThereAreAnyAndThenTheLargestGroupFillsUp() {
        List<Contender> merged = EqualSubmissions.merge(attempts("a", "b", "a", "a", "a"), 4);
        assertThat(merged).extracting(Contender::getIndex).containsExactly(0, 2, 3, 1);
        assertThat(merged).extracting(Contender::getRepresents).containsExactly(2, 1, 1, 1);
        assertThat(EqualSubmissions.merge(attempts("a", "a"), 4)).hasSize(2);
        assertThat(EqualSubmissions.merge(attempts("a", "b", "c", "d", "d"), 4)).hasSize(4);
    }

    @Test
    void whereWorkMayDifferEveryAttemptStandsForItself() {
        assertThat(EqualSubmissions.merge(attempts(null, null, "a", null), 1))
                .extracting(Contender::getRepresents)
                .containsExactly(1, 1, 1, 1);
    }

    @Test
    void mergedTwiceIsMergedOnce() {
        List<Contender> once = EqualSubmissions.merge(attempts("a", "a", "a", "b", "b"), 4);
        List<Contender> twice = EqualSubmissions.merge(once, 1);
        assertThat(twice).extracting(Contender::getRepresents).containsExactly(3, 2);
    }

    @Test
    void eachDoublingIsAVoteAndAgreeingToDoNothingIsNone() {
        assertThat(IntStream.of(1, 2, 3, 4, 7, 8, 16)
                        .map(count -> EqualSubmissions.headStart(standsFor(count, "a change"))))
                .containsExactly(0, 1, 1, 2, 2, 3, 4);
        assertThat(EqualSubmissions.headStart(standsFor(8, ""))).isZero();
    }

    private static Contender standsFor(int count, String submission) {
        return Contender.newBuilder(BracketTest.contender(0))
                .setSubmissionHash(Ids.sha256(submission))
                .setRepresents(count)
                .build();
    }

    /**
     * P(the winner passes) and matches a task, over real populations and judges of that accuracy in each vote: with every attempt for itself, and merged.
     */
    @ParameterizedTest
    @CsvSource({
        "0, .60, .408, 6.4, .431, 3.1",
        "0, .65, .477, 6.4, .475, 3.1",
        "0, .80, .563, 6.3, .562, 3.1",
        "1, .60, .568, 2.7, .570, 0.8",
        "1, .65, .578, 2.7, .581, 0.8",
        "1, .80, .596, 2.7, .594, 0.8"
    })
    void mergingLosesNothingAndCostsHalf(
            int iteration, double accuracy, double each, double matches, double merged, double matchesMerged)
            throws IOException {
        double[] apart = simulated(iteration, accuracy, false);
        double[] together = simulated(iteration, accuracy, true);
        assertThat(apart[0]).isCloseTo(each, within(0.015));
        assertThat(apart[1]).isCloseTo(matches, within(0.15));
        assertThat(together[0]).isCloseTo(merged, within(0.015));
        assertThat(together[1]).isCloseTo(matchesMerged, within(0.15));
    }

    private static double[] simulated(int iteration, double accuracy, boolean merge) throws IOException {
        int times = 100;
        Random random = new Random(7);
        double passed = 0;
        double matches = 0;
        List<List<Contender>> tasks = populations(iteration);
        if (!merge) { // before they were merged, empty submissions were never equal
            tasks.stream()
                    .flatMap(List::stream)
                    .filter(attempt -> attempt.getText().equals("="))
                    .forEach(attempt -> attempt.setSubmissionHash(null));
        }
        for (List<Contender> attempts : tasks) {
            for (int time = 0; time < times; time++) {
                List<Contender> left = new ArrayList<>(merge ? EqualSubmissions.merge(attempts, 1) : attempts);
                Collections.shuffle(left, random);
                Bracket bracket = new Bracket(1, 2);
                while (bracket.plays(left.size())) {
                    List<Contender> winners = new ArrayList<>();
                    for (List<Contender> group : bracket.deal(left, Contender::getByes)) {
                        String submission = group.get(0).getSubmissionHash();
                        boolean asked = group.size() > 1
                                && (submission == null
                                        || !submission.equals(group.get(1).getSubmissionHash()));
                        matches += asked ? 1 : 0;
                        Contender winner = group.get(asked ? winner(group, accuracy, random) : 0);
                        winners.add(Contender.newBuilder(winner)
                                .setByes(winner.getByes() + (group.size() == 1 ? 1 : 0))
                                .build());
                    }
                    left = winners;
                }
                passed += passes(left.get(0)) ? 1 : 0;
            }
        }
        return new double[] {passed / times / tasks.size(), matches / times / tasks.size()};
    }

    private static int winner(List<Contender> pair, double accuracy, Random random) {
        Tally tally =
                new Tally(pair.stream().mapToInt(EqualSubmissions::headStart).toArray());
        List<Integer> leaders = List.of(0, 1);
        for (int vote = 0; vote < 10; vote++) {
            if (vote == 8) {
                leaders = tally.leaders(leaders);
                if (leaders.size() == 1) {
                    return leaders.get(0);
                }
            }
            boolean told = passes(pair.get(0)) != passes(pair.get(1));
            int better = told ? (passes(pair.get(0)) ? 0 : 1) : random.nextInt(2);
            tally.count(OptionalInt.of(!told || random.nextDouble() < accuracy ? better : 1 - better));
        }
        leaders = tally.leaders(leaders);
        return leaders.get(leaders.size() == 1 ? 0 : random.nextInt(2));
    }

    private static boolean passes(Contender attempt) {
        return attempt.getText().equals("+");
    }

    private static List<List<Contender>> populations(int iteration) throws IOException {
        try (InputStream file = EqualSubmissionsTest.class.getResourceAsStream("populations.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(iteration + " "))
                    .map(EqualSubmissionsTest::population)
                    .collect(Collectors.toList());
        }
    }

    private static List<Contender> population(String line) {
        List<Contender> attempts = new ArrayList<>();
        String[] groups = line.split(" ");
        for (int group = 1; group < groups.length; group++) {
            String verdict = groups[group].substring(1);
            for (int count = Integer.parseInt(groups[group].substring(0, 1)); count > 0; count--) {
                attempts.add(Contender.newBuilder(BracketTest.contender(attempts.size()))
                        .setText(verdict)
                        .setSubmissionHash(Ids.sha256(verdict.equals("=") ? "" : "change " + group))
                        .build());
            }
        }
        return attempts;
    }

    private static List<Contender> attempts(String... submissions) {
        return IntStream.range(0, submissions.length)
                .mapToObj(index -> Contender.newBuilder(BracketTest.contender(index))
                        .setSubmissionHash(submissions[index])
                        .build())
                .collect(Collectors.toList());
    }
}
