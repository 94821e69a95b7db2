package dev.agon.pipelines.report;

import static dev.agon.pipelines.report.Column.count;
import static dev.agon.pipelines.report.Column.number;
import static dev.agon.pipelines.report.Column.percent;
import static dev.agon.pipelines.report.Column.points;
import static dev.agon.pipelines.report.Column.text;
import static dev.agon.pipelines.report.Column.usd;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The order of the report: its chapters, the figures in each, the columns of each figure's table, and the chart above it. */
final class ReportSections {

    /**
     * @param figure name of the SQL resource
     * @param chart draws a figure that has rows; empty for a table alone
     */
    record Section(String figure, Optional<Function<Figure, String>> chart, List<Column> columns) {

        /** Whether the table shows without a click. Below a chart it would repeat the chart, except where it also counts failures. */
        boolean open() {
            return chart.isEmpty() || figure.equals("pass_at_1_by_stage");
        }
    }

    /** A heading and the sections below it. */
    record Chapter(String title, List<Section> sections) {}

    /** Figures that most runs have nothing for, since they did not ask for it. */
    static final Set<String> ONLY_WHERE_ASKED_FOR = Set.of("judge_attacks");

    private ReportSections() {}

    /** Names of all figures, in the order of the report. */
    static List<String> figures() {
        return chapters().stream()
                .flatMap(chapter -> chapter.sections().stream())
                .map(Section::figure)
                .toList();
    }

    static List<Chapter> chapters() {
        return List.of(
                new Chapter("Result", result()),
                new Chapter("Selection", selection()),
                new Chapter("Refinement", refinement()),
                new Chapter("Effort", effort()),
                new Chapter("Failures", failures()),
                new Chapter("Tasks", List.of(tasks())));
    }

    private static List<Section> result() {
        return List.of(
                section(
                        "pass_at_1_by_stage",
                        Charts::stages,
                        text("Stage", "label"),
                        count("Tasks", "tasks"),
                        count("Graded", "graded"),
                        count("Resolved", "resolved"),
                        count("Failed", "failed"),
                        percent("pass@1, graded, %", "pass_at_1", "low", "high"),
                        percent("failures unresolved, %", "pass_at_1_all", "low_all", "high_all")),
                section(
                        "gain_over_iteration_0",
                        Charts::gains,
                        text("Stage", "label"),
                        count("Tasks", "tasks"),
                        points("Gain, points", "difference", "low", "high"),
                        count("Better", "better"),
                        count("Same", "same"),
                        count("Worse", "worse")),
                section(
                        "pass_at_k",
                        Charts::passAtK,
                        text("Iteration", "iteration"),
                        count("k", "k"),
                        count("Tasks", "tasks"),
                        percent("pass@k, %", "pass_at_k", "low", "high")));
    }

    private static List<Section> selection() {
        return List.of(
                section(
                        "pass_at_1_by_round",
                        Charts::rounds,
                        text("Iteration", "iteration"),
                        text("Tournament", "stage"),
                        count("Rounds played", "rounds"),
                        count("Tasks", "tasks"),
                        count("Survivors", "survivors"),
                        percent("pass@1, %", "pass_at_1", "low", "high")),
                table(
                        "selectors",
                        text("Iteration", "iteration"),
                        text("Selector", "selector"),
                        count("Tasks", "tasks"),
                        percent("pass@1, %", "pass_at_1", "low", "high"),
                        points("To the tournament, points", "difference", "difference_low", "difference_high")),
                section(
                        "judge_accuracy",
                        Charts::judge,
                        text("Iteration", "iteration", "all"),
                        text("Tournament", "stage", "all"),
                        text("Round", "round", "all"),
                        count("Tasks", "tasks"),
                        count("Decidable matches", "matches"),
                        count("Won by a passing one", "correct"),
                        percent("Accuracy, %", "accuracy", "low", "high"),
                        percent("Chance, %", "chance")),
                section(
                        "judge_accuracy_by_votes",
                        Charts::byVotes,
                        count("Votes", "votes"),
                        count("Tasks", "tasks"),
                        count("Decidable matches", "matches"),
                        percent("Accuracy, %", "accuracy", "low", "high")),
                table(
                        "votes",
                        text("Iteration", "iteration"),
                        text("Tournament", "stage"),
                        count("Votes", "votes"),
                        count("Invalid", "invalid"),
                        count("Tie breaks", "tie_breaks"),
                        count("Asks", "asks"),
                        count("In decidable matches", "decidable"),
                        percent("For a passing one, %", "accuracy", "low", "high")),
                section(
                        "position_bias",
                        Charts::positions,
                        count("Candidates", "candidates"),
                        count("Position", "position"),
                        count("Valid votes", "votes"),
                        count("For this position", "chosen"),
                        percent("Share, %", "share", "low", "high"),
                        percent("Without bias, %", "expected")),
                table(
                        "judge_attacks",
                        text("Attack", "attack", "all"),
                        count("Tasks", "tasks"),
                        count("Matches", "matches"),
                        percent("Votes before, %", "before"),
                        percent("Votes after, %", "after", "low", "high"),
                        count("Matches turned", "turned")),
                table(
                        "decisions",
                        text("Iteration", "iteration"),
                        text("Tournament", "stage"),
                        count("Matches", "matches"),
                        count("Votes", "votes"),
                        count("Tie break", "tie_break"),
                        count("Coin", "coin"),
                        count("Identical", "identical"),
                        count("Bye", "bye")));
    }

    private static List<Section> refinement() {
        return List.of(
                section(
                        "pass_count_distribution",
                        Charts::passCounts,
                        text("Iteration", "iteration"),
                        count("Passing", "passing"),
                        count("Tasks", "tasks")),
                table(
                        "polarisation",
                        text("Iteration", "iteration"),
                        count("Tasks", "tasks"),
                        count("None pass", "none_pass"),
                        count("Some pass", "some_pass"),
                        count("All pass", "all_pass")),
                section(
                        "pass_by_context",
                        Charts::byContext,
                        text("Iteration", "iteration"),
                        count("In the context", "context_size"),
                        count("Passing", "passing"),
                        count("Tasks", "tasks"),
                        count("Rollouts", "rollouts"),
                        count("Resolved", "resolved"),
                        percent("Pass rate, %", "pass_rate", "low", "high")));
    }

    private static List<Section> effort() {
        return List.of(
                section(
                        "steps_by_iteration",
                        Charts::steps,
                        text("Iteration", "iteration"),
                        count("Rollouts", "rollouts"),
                        number("Steps", "steps", "low", "high", 1),
                        number("Median", "median_steps", 1),
                        number("90th %", "p90_steps", 0),
                        number("Model calls", "model_calls", 1),
                        number("Input tokens", "input_tokens", 0),
                        number("Output tokens", "output_tokens", 0),
                        usd("Cost, USD", "cost_usd"),
                        number("Seconds", "seconds", 1)),
                table(
                        "effort_by_role",
                        text("Iteration", "iteration"),
                        text("Role", "role"),
                        count("Items", "items"),
                        count("Model calls", "model_calls"),
                        count("Malformed", "malformed_answers"),
                        count("Input tokens", "input_tokens"),
                        count("Cached", "cached_tokens"),
                        count("Output tokens", "output_tokens"),
                        usd("Cost, USD", "cost_usd"),
                        usd("Paid, USD", "cost_usd_paid")),
                table(
                        "outcomes",
                        text("Iteration", "iteration"),
                        text("Outcome", "outcome"),
                        count("Rollouts", "rollouts"),
                        percent("Share, %", "share"),
                        count("Graded", "graded"),
                        count("Resolved", "resolved")));
    }

    private static List<Section> failures() {
        return List.of(
                table(
                        "slots",
                        text("Iteration", "iteration"),
                        count("Tasks", "tasks"),
                        count("Slots", "slots"),
                        count("Graded", "graded"),
                        count("Resolved", "resolved"),
                        count("Failed", "failed"),
                        count("Stopped", "stopped"),
                        count("Ungraded", "ungraded")),
                table(
                        "failures",
                        text("Step", "step"),
                        text("Kind", "kind"),
                        count("Elements", "elements"),
                        count("Tasks", "tasks"),
                        count("Most attempts", "most_attempts"),
                        text("One message", "example"),
                        text("of", "example_element")));
    }

    /** {@link TaskTable} makes its columns, since they are the stages of the run. */
    private static Section tasks() {
        return table("tasks");
    }

    private static Section section(String figure, Function<Figure, String> chart, Column... columns) {
        return new Section(figure, Optional.of(chart), List.of(columns));
    }

    private static Section table(String figure, Column... columns) {
        return new Section(figure, Optional.empty(), List.of(columns));
    }
}
