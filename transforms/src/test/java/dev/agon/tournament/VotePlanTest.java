package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VotePlanTest {

    @Test
    void positionsAreBalancedForEveryNumberOfVotes() {
        for (int candidates = 2; candidates <= 6; candidates++) {
            int[][] times = new int[candidates][candidates];
            for (int vote = 0; vote < 25; vote++) {
                List<Integer> order = plan(candidates, vote).order();
                assertThat(order).hasSize(candidates).doesNotHaveDuplicates();
                for (int position = 0; position < candidates; position++) {
                    times[order.get(position)][position]++;
                }
                for (int[] ofCandidate : times) {
                    assertThat(IntStream.of(ofCandidate).max().orElseThrow()
                                    - IntStream.of(ofCandidate).min().orElseThrow())
                            .as("%d candidates after %d votes", candidates, vote + 1)
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void everyVoteHasItsOwnSeed() {
        List<VotePlan> ties = VotePlan.tieBreak("m", 1, List.of(0, 1), 8);
        assertThat(IntStream.range(0, 8).mapToObj(vote -> plan(2, vote).seed()).collect(Collectors.toSet()))
                .hasSize(8)
                .doesNotContain(ties.get(0).seed(), ties.get(1).seed());
    }

    @Test
    void theTieBreakingPairIsBalanced() {
        List<VotePlan> ties = VotePlan.tieBreak("m", 1, List.of(1, 3), 8);
        assertThat(ties.get(0).order()).containsExactlyInAnyOrder(1, 3);
        assertThat(ties.get(1).order())
                .containsExactly(ties.get(0).order().get(1), ties.get(0).order().get(0));
        assertThat(ties).extracting(VotePlan::number).containsExactly(8, 9);
    }

    private static VotePlan plan(int candidates, int vote) {
        return VotePlan.of("m", 1, IntStream.range(0, candidates).boxed().collect(Collectors.toList()), vote);
    }
}
