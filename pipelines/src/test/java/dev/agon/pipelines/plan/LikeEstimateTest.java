package dev.agon.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import dev.agon.model.ModelConfig;
import dev.agon.model.Price;
import dev.agon.model.StructuredOutput;
import dev.agon.pipelines.config.Experiment;
import dev.agon.prompts.Prompts;
import dev.agon.refine.ContextMode;
import dev.agon.rollout.RolloutConfig;
import dev.agon.runtime.Budget;
import dev.agon.summarize.Representation;
import dev.agon.summarize.SummarizerConfig;
import dev.agon.tournament.JudgeConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikeEstimateTest {

    private static final ModelConfig MODEL = new ModelConfig(
            "openai",
            "m",
            1,
            null,
            100,
            null,
            "{}",
            0,
            1,
            StructuredOutput.AUTO,
            new Price(1_000_000, 500_000, 1_000_000, 2_000_000),
            null);

    @Test
    void whatATaskTookIsScaledToThisRunsRolloutsAndTasksAndPriced() {
        // Two rollouts of the first task took 10 calls, one of the second took 3: 5 and 3 a rollout.
        LikeRun like = new LikeRun(List.of(
                agent("a", 0, 2, new Effort(10, 100, 40, 0, 20)), agent("b", 0, 1, new Effort(3, 30, 0, 0, 10))));
        LikeEstimate estimate = new LikeEstimate(experiment(4, 1, 1), 10, like);
        PlanLine line = estimate.lines().get(0);
        assertThat(line.amount()).isEqualTo("40 rollouts");
        assertThat(line.effort()).isEqualTo(new Effort(160, 1600, 400, 0, 400));
        // Without a cache 1200 USD, from it 200 USD, answers 800 USD.
        assertThat(line.usd().getAsDouble()).isCloseTo(2200, within(1e-9));
        // The tasks cost 4 x (30 + 10 + 20) and 4 x (30 + 20): 240 and 200.
        TaskInterval interval = estimate.interval().orElseThrow();
        double margin = 12.706 * Math.sqrt(800) * Math.sqrt(100 / 2.0 + 10);
        assertThat(interval.high()).isCloseTo(2200 + margin, within(1e-6));
        assertThat(interval.low()).isZero();
    }

    @Test
    void matchesWithoutVotesCostNothingAndTheOthersHaveThisRunsVotes() {
        // Of four matches three were voted on and one of them was tied: 3 x 2 + 2 votes, of 10 tokens each.
        LikeRun like = new LikeRun(List.of(
                agent("a", 0, 1, Effort.NONE),
                new TaskEffort("judge", "a", 0, 4, 3, 1, 8, 0, new Effort(8, 80, 0, 0, 8))));
        LikeEstimate estimate = new LikeEstimate(experiment(2, 1, 5), 1, like);
        // One match a task, three in four of them voted on by 5, one in four with 2 more.
        PlanLine judge = line(estimate, "judge, iteration 0");
        assertThat(judge.amount()).isEqualTo("1 matches");
        assertThat(judge.effort().calls()).isCloseTo(0.75 * 5 + 0.25 * 2, within(1e-12));
        assertThat(judge.effort().input()).isCloseTo(10 * (0.75 * 5 + 0.25 * 2), within(1e-12));
        assertThat(judge.because()).startsWith("25 % of matches need no vote, 1.00 asks a vote");
    }

    @Test
    void anIterationThatWasNotSeenStandsAsTheLastBeforeItAndWorkThatWasNotSeenIsSaid() {
        LikeRun like = new LikeRun(List.of(agent("a", 0, 1, new Effort(2, 20, 2))));
        LikeEstimate estimate = new LikeEstimate(experiment(2, 2, 1), 1, like);
        assertThat(line(estimate, "agent, iteration 1").effort())
                .isEqualTo(line(estimate, "agent, iteration 0").effort());
        assertThat(estimate.interval()).isEmpty();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        estimate.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "agent, iteration 1: that run has none, its iteration 0 stands for it",
                        "that run has no matches: what the judge takes in iteration 1 is not in the estimate",
                        "there is no interval");
    }

    @Test
    void aTaskThatLostItsWorkStandsAsTheMeanOfTheOthers() {
        LikeRun like = new LikeRun(List.of(
                agent("a", 0, 1, new Effort(1, 10, 0)),
                agent("b", 0, 1, new Effort(1, 10, 0)),
                agent("b", 1, 1, new Effort(1, 4, 0))));
        LikeEstimate estimate = new LikeEstimate(experiment(1, 2, 1), 2, like);
        TaskInterval interval = estimate.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(28, within(1e-9));
        assertThat(interval.high()).isCloseTo(28, within(1e-9));
    }

    @Test
    void studentsPointsGoOnSmoothlyPastTheTable() {
        assertThat(TaskInterval.t(1)).isEqualTo(12.706);
        assertThat(TaskInterval.t(30)).isEqualTo(2.042);
        assertThat(TaskInterval.t(31)).isCloseTo(2.0395, within(1e-4));
        assertThat(TaskInterval.t(1000)).isCloseTo(1.9623, within(1e-4));
        assertThat(TaskInterval.of(List.of(3.0), 5)).isEmpty();
    }

    private static TaskEffort agent(String task, int iteration, int rollouts, Effort effort) {
        return new TaskEffort("agent", task, iteration, rollouts, 0, 0, rollouts, effort.calls(), effort);
    }

    private static PlanLine line(LikeEstimate estimate, String work) {
        return estimate.lines().stream()
                .filter(line -> line.work().equals(work))
                .findFirst()
                .orElseThrow();
    }

    /** An experiment without summaries. */
    private static Experiment experiment(int rollouts, int iterations, int votes) {
        return new Experiment(
                "test",
                1,
                null,
                new RolloutConfig(
                        AgentFile.shipped(), AgentOverrides.NONE, Prompts.SHIPPED, List.of(MODEL), null, 1, null, null),
                rollouts,
                iterations,
                ContextMode.NONE,
                1,
                2,
                true,
                false,
                new SummarizerConfig(
                        Representation.TRACE, MODEL, Prompts.SHIPPED, SummarizerConfig.NO_LIMIT, true, false),
                new JudgeConfig(MODEL, Prompts.SHIPPED, votes, false),
                Budget.NONE,
                1);
    }
}
