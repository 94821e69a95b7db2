package dev.agon.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.agon.model.Price;
import org.junit.jupiter.api.Test;

class MostWorkTest {

    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    @Test
    void aTextIsOneTokenForEveryThreeCharactersRoundedUp() {
        assertThat(MostWork.tokens(0)).isEqualTo(0);
        assertThat(MostWork.tokens(1)).isEqualTo(1);
        assertThat(MostWork.tokens(3)).isEqualTo(1);
        assertThat(MostWork.tokens(4)).isEqualTo(2);
    }

    @Test
    void eachCallOfARolloutShowsAllThatCameBefore() {
        // Prompts of 100, 160 and 220 tokens.
        assertThat(MostWork.rollout(100, 10, 50, 3, UNKNOWN)).isEqualTo(new Effort(3, 480, 30));
        assertThat(MostWork.lastCall(100, 10, 50, 3, UNKNOWN)).isEqualTo(new Effort(1, 220, 10));
    }

    @Test
    void promptsGrowUpToTheLongestThatTheModelTakes() {
        // 100, 160, then 200 twice.
        assertThat(MostWork.rollout(100, 10, 50, 4, 200)).isEqualTo(new Effort(4, 660, 40));
        assertThat(MostWork.rollout(100, 10, 50, 3, 220)).isEqualTo(new Effort(3, 480, 30));
        assertThat(MostWork.rollout(300, 10, 50, 2, 200)).isEqualTo(new Effort(2, 400, 20));
        assertThat(MostWork.lastCall(100, 10, 50, 4, 200)).isEqualTo(new Effort(1, 200, 10));
    }

    @Test
    void withoutAStepLimitNothingIsBoundedButTheSizeOfOneCall() {
        assertThat(MostWork.rollout(100, 10, 50, 0, 200).calls()).isInfinite();
        assertThat(MostWork.rollout(100, 10, 50, 0, 200).input()).isInfinite();
        assertThat(MostWork.lastCall(100, 10, 50, 0, 200)).isEqualTo(new Effort(1, 200, 10));
        assertThat(MostWork.rollout(100, 10, 50, 0, 200).times(0)).isEqualTo(Effort.NONE);
    }

    @Test
    void askingAgainShowsTheMalformedAnswersAndTheComplaints() {
        // 1000, 1015 and 1030 tokens.
        assertThat(MostWork.conversation(3, 1000, 10, 5, UNKNOWN)).isEqualTo(new Effort(3, 3045, 30));
        assertThat(MostWork.conversation(3, 1000, 10, 5, 1020)).isEqualTo(new Effort(3, 3035, 30));
        assertThat(MostWork.conversation(0, 1000, 10, 5, UNKNOWN)).isEqualTo(Effort.NONE);
    }

    @Test
    void theHighestCostTakesNothingFromACacheAndWritesAllIntoIt() {
        Price price = new Price(2, 0.5, 3, 10);
        Effort effort = new Effort(1, 1_000_000, 400_000, 100_000, 10_000);
        assertThat(effort.highestCost(price)).isCloseTo(3.1, within(1e-12));
        assertThat(effort.cost(price)).isCloseTo(0.5 * 2 + 0.4 * 0.5 + 0.1 * 3 + 0.1, within(1e-12));
        assertThat(new Effort(UNKNOWN, UNKNOWN, UNKNOWN).highestCost(new Price(0, 0, 0, 0)))
                .isZero();
    }
}
