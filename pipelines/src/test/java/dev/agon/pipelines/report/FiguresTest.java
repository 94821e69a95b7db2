package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every figure of {@link SmallRun}, against numbers computed by hand. */
class FiguresTest {

    @TempDir
    static Path folder;

    private static RunTables tables;

    @BeforeAll
    static void open() throws IOException {
        tables = RunTables.open(SmallRun.in(folder).write());
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @Test
    void passAt1ByStage() throws IOException {
        // Task means of iteration 0: 1/2, 1/4, 0, 1 (d's failure apart) or 3/4 (d's failure unresolved); their variance
        // gives an effective size of 7.2
        // of 15, or 10 of 16.
        assertThat(lines(
                        "pass_at_1_by_stage",
                        "label",
                        "tasks",
                        "graded",
                        "resolved",
                        "failed",
                        "pass_at_1",
                        "pass_at_1_all"))
                .containsExactly(
                        "iteration 0 4 15 6 1 0.4375 0.3750",
                        "selected from iteration 0 4 8 4 0 0.5000 0.5000",
                        "iteration 1 4 16 10 0 0.6250 0.6250",
                        "final 4 4 3 0 0.7500 0.7500",
                        "oracle of iteration 0 4 4 3 0 0.7500 0.7500",
                        "oracle of iteration 1 4 4 3 0 0.7500 0.7500");
        // Wilson's interval for three quarters of the effective sizes 7.2 of 15, 12 of 16 with failures; 8; 5.45 of 16,
        // and Student's quantile for 3; for 4.
        assertThat(lines("pass_at_1_by_stage", "low", "high", "low_all", "high_all"))
                .containsExactly(
                        "0.0756 0.8810 0.0827 0.7996",
                        "0.1038 0.8962 0.1038 0.8962",
                        "0.1178 0.9541 0.1178 0.9541",
                        "0.3006 0.9544 0.3006 0.9544",
                        "0.3006 0.9544 0.3006 0.9544",
                        "0.3006 0.9544 0.3006 0.9544");
    }

    @Test
    void gainOverIteration0() throws IOException {
        assertThat(lines("gain_over_iteration_0", "label", "tasks", "difference", "better", "same", "worse"))
                .containsExactly(
                        "selected from iteration 0 4 0.0625 1 3 0",
                        "iteration 1 4 0.1875 2 2 0",
                        "final 4 0.3125 2 2 0");
        assertThat(lines("gain_over_iteration_0", "low", "high"))
                .containsExactly("-0.1364 0.2614", "-0.1934 0.5684", "-0.2842 0.9092");
    }

    @Test
    void passAtK() throws IOException {
        assertThat(lines("pass_at_k", "iteration", "k", "tasks", "pass_at_k"))
                .containsExactly(
                        "0 1 4 0.4375",
                        "0 2 4 0.5833",
                        "0 3 4 0.6875",
                        "0 4 3 0.6667", //
                        "1 1 4 0.6250",
                        "1 2 4 0.7083",
                        "1 3 4 0.7500",
                        "1 4 4 0.7500");
    }

    @Test
    void passAt1ByRound() throws IOException {
        assertThat(lines("pass_at_1_by_round", "iteration", "stage", "rounds", "tasks", "survivors", "pass_at_1"))
                .containsExactly(
                        "0 select 0 4 15 0.4375",
                        "0 select 1 4 8 0.5000",
                        "1 final 0 4 16 0.6250",
                        "1 final 1 4 8 0.6250",
                        "1 final 2 4 4 0.7500");
        assertThat(lines("pass_at_1_by_round", "low", "high"))
                .contains("0.0756 0.8810", "0.1038 0.8962", "0.3006 0.9544");
    }

    @Test
    void judgeAccuracy() throws IOException {
        assertThat(lines(
                        "judge_accuracy",
                        "iteration",
                        "stage",
                        "round",
                        "tasks",
                        "matches",
                        "correct",
                        "accuracy",
                        "chance"))
                .containsExactly(
                        "0 select 0 2 3 2 0.6667 0.5000",
                        "0 select - 2 3 2 0.6667 0.5000",
                        "1 final 0 1 2 1 0.5000 0.5000",
                        "1 final 1 1 1 1 1.0000 0.5000",
                        "1 final - 1 3 2 0.6667 0.5000",
                        "- - - 2 6 4 0.6667 0.5000");
        // Two tasks say almost nothing, and Student's quantile for them is 12.7; where there is one, it is one
        // observation.
        assertThat(lines("judge_accuracy", "low", "high"))
                .containsExactly(
                        "0.0041 0.9990",
                        "0.0041 0.9990",
                        "0.0546 0.9454",
                        "0.2065 1.0000",
                        "0.0942 0.9747",
                        "0.0081 0.9980");
    }

    @Test
    void judgeAccuracyByVotes() throws IOException {
        // Two votes of b's first match are a tie: half a win.
        assertThat(lines("judge_accuracy_by_votes", "votes", "tasks", "matches", "accuracy"))
                .containsExactly("1 2 6 0.6667", "2 2 6 0.5833");
    }

    @Test
    void votes() throws IOException {
        assertThat(lines(
                        "votes",
                        "iteration",
                        "stage",
                        "votes",
                        "invalid",
                        "tie_breaks",
                        "asks",
                        "decidable",
                        "accuracy"))
                .containsExactly("0 select 16 1 4 18 8 0.5000", "1 final 6 1 0 8 5 0.6000");
    }

    @Test
    void positionBias() throws IOException {
        assertThat(lines("position_bias", "candidates", "position", "votes", "chosen", "share", "expected"))
                .containsExactly("2 1 20 14 0.7000 0.5000", "2 2 20 6 0.3000 0.5000");
    }

    @Test
    void decisions() throws IOException {
        assertThat(lines(
                        "decisions", "iteration", "stage", "matches", "votes", "tie_break", "coin", "identical", "bye"))
                .containsExactly("0 select 8 4 1 1 1 1", "1 final 12 3 0 0 9 0");
    }

    @Test
    void passCountDistribution() throws IOException {
        assertThat(lines("pass_count_distribution", "iteration", "passing", "tasks"))
                .containsExactly(
                        "0 0 1", "0 1 1", "0 2 1", "0 3 1", "0 4 0", "1 0 1", "1 1 0", "1 2 1", "1 3 0", "1 4 2");
    }

    @Test
    void polarisation() throws IOException {
        assertThat(lines("polarisation", "iteration", "tasks", "none_pass", "some_pass", "all_pass"))
                .containsExactly("0 4 1 2 1", "1 4 1 1 2");
    }

    @Test
    void passByContext() throws IOException {
        assertThat(lines(
                        "pass_by_context",
                        "iteration",
                        "context_size",
                        "passing",
                        "tasks",
                        "rollouts",
                        "resolved",
                        "pass_rate"))
                .containsExactly("1 2 0 1 4 0 0.0000", "1 2 1 2 8 6 0.7500", "1 2 2 1 4 4 1.0000");
        assertThat(lines("pass_by_context", "low", "high"))
                .containsExactly("0.0000 0.7935", "0.0103 0.9988", "0.2065 1.0000");
    }

    @Test
    void stepsByIteration() throws IOException {
        assertThat(lines(
                        "steps_by_iteration",
                        "iteration",
                        "rollouts",
                        "steps",
                        "low",
                        "high",
                        "median_steps",
                        "p90_steps"))
                .containsExactly("0 15 12.6667 4.3516 20.9817 10.0000 20", "1 16 5.0000 5.0000 5.0000 5.0000 5");
        assertThat(lines("steps_by_iteration", "model_calls", "input_tokens", "output_tokens", "cost_usd", "seconds"))
                .containsExactly("13.6667 100.0000 10.0000 0.2500 2.0000", "6.0000 100.0000 10.0000 0.2500 2.0000");
    }

    @Test
    void effortByRole() throws IOException {
        assertThat(lines(
                        "effort_by_role",
                        "iteration",
                        "role",
                        "items",
                        "model_calls",
                        "malformed_answers",
                        "input_tokens",
                        "cached_tokens",
                        "output_tokens",
                        "cost_usd",
                        "cost_usd_paid"))
                .containsExactly(
                        "0 agent 15 205 0 1500 600 150 3.7500 1.8750",
                        "0 summarizer 15 15 0 300 0 150 0.9375 0.0000",
                        "0 judge 16 18 3 176 0 16 8.0000 8.0000",
                        "1 agent 16 96 0 1600 640 160 4.0000 2.0000",
                        "1 summarizer 16 16 0 320 0 160 1.0000 0.0000",
                        "1 judge 6 8 3 66 0 6 3.0000 3.0000");
    }

    @Test
    void outcomes() throws IOException {
        assertThat(lines("outcomes", "iteration", "outcome", "rollouts", "share", "graded", "resolved"))
                .containsExactly(
                        "0 submitted 12 0.8000 12 6",
                        "0 step_limit 3 0.2000 3 0",
                        "1 submitted 12 0.7500 12 8",
                        "1 step_limit 4 0.2500 4 2");
    }

    @Test
    void slots() throws IOException {
        assertThat(lines("slots", "iteration", "tasks", "slots", "graded", "resolved", "failed", "stopped", "ungraded"))
                .containsExactly("0 4 16 15 6 1 0 0", "1 4 16 16 10 0 0 0");
    }

    @Test
    void failures() throws IOException {
        assertThat(lines(
                        "failures", "step", "kind", "elements", "tasks", "most_attempts", "example", "example_element"))
                .containsExactly(
                        "rollout sandbox 1 1 3 the sandbox did not start d/0/3",
                        "tasks bad_input 1 0 3 not a JSON object tasks.jsonl:3",
                        "vote model 1 1 3 no answer c/0/select/0/0/1");
    }

    @Test
    void tasks() throws IOException {
        assertThat(lines("tasks", "task_id", "label", "resolved", "graded", "failed"))
                .hasSize(16)
                .contains(
                        "a iteration 0 2 4 0",
                        "a selected from iteration 0 1 2 0",
                        "a iteration 1 4 4 0",
                        "a final 1 1 0")
                .contains("c final 0 1 0", "d iteration 0 3 3 1");
    }

    private static List<String> lines(String figure, String... columns) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Row row : tables.figure(figure).rows()) {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                Optional<Object> value = Optional.ofNullable(row.values().get(column));
                cells.add(value.map(v -> v instanceof Double d ? String.format(Locale.ROOT, "%.4f", d) : v.toString())
                        .orElse("-"));
            }
            lines.add(String.join(" ", cells));
        }
        return lines;
    }
}
