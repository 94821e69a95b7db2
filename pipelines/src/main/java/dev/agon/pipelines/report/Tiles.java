package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The numbers at the head of the report. Each has a name and a line that explains it. */
final class Tiles {

    private Tiles() {}

    /** From the figures of a run by name. */
    static List<Map<String, String>> of(Map<String, Figure> figures) {
        List<Map<String, String>> tiles = new ArrayList<>();
        List<Row> stages = figures.get("pass_at_1_by_stage").rows();
        stage(stages, "iteration 0").ifPresent(row -> tiles.add(passAt1("pass@1, iteration 0", row)));
        stage(stages, "final").ifPresent(row -> tiles.add(passAt1("pass@1, final", row)));
        for (Row gain : figures.get("gain_over_iteration_0").rows()) {
            if (gain.text("stage").orElseThrow().equals("final")) {
                tiles.add(tile(
                        "gain, points",
                        Format.points(gain.number("difference").orElseThrow()),
                        "95 %: " + Format.points(gain.number("low").orElseThrow()) + " to "
                                + Format.points(gain.number("high").orElseThrow())));
            }
        }
        List<Row> slots = figures.get("slots").rows();
        long tasks = slots.stream()
                .mapToLong(row -> row.count("tasks").orElseThrow())
                .max()
                .orElse(0);
        long rollouts = sum(slots, "slots") - sum(slots, "failed") - sum(slots, "stopped");
        tiles.add(tile("rollouts", Format.count(rollouts), "tasks: " + Format.count(tasks)));
        List<Row> effort = figures.get("effort_by_role").rows();
        tiles.add(tile(
                "model calls",
                Format.count(sum(effort, "model_calls")),
                Format.count(sum(effort, "input_tokens") + sum(effort, "output_tokens")) + " tokens"));
        tiles.add(tile(
                "cost, USD",
                Format.usd(total(effort, "cost_usd")),
                Format.usd(total(effort, "cost_usd_paid")) + " paid by this run"));
        long failures = figures.get("failures").rows().stream()
                .filter(row -> !row.text("kind").orElseThrow().equals("stopped"))
                .mapToLong(row -> row.count("elements").orElse(0))
                .sum();
        tiles.add(tile("failures", Format.count(failures), failures == 0 ? "no element failed" : "see Failures"));
        return tiles;
    }

    private static Map<String, String> passAt1(String name, Row row) {
        return tile(
                name,
                row.number("pass_at_1").isEmpty()
                        ? Format.NONE
                        : Format.percent(row.number("pass_at_1").getAsDouble()) + " %",
                row.number("low").isEmpty()
                        ? "not graded"
                        : "95 %: " + Format.percent(row.number("low").getAsDouble()) + " to "
                                + Format.percent(row.number("high").getAsDouble()));
    }

    private static Map<String, String> tile(String name, String number, String more) {
        return Map.of("name", name, "number", number, "more", more);
    }

    private static Optional<Row> stage(List<Row> stages, String label) {
        return stages.stream()
                .filter(row -> row.text("label").orElseThrow().equals(label))
                .findFirst();
    }

    private static long sum(List<Row> rows, String column) {
        return rows.stream().mapToLong(row -> row.count(column).orElse(0)).sum();
    }

    /** The sum; empty when one of the rows does not know its part. */
    private static OptionalDouble total(List<Row> rows, String column) {
        return rows.stream().anyMatch(row -> row.number(column).isEmpty())
                ? OptionalDouble.empty()
                : OptionalDouble.of(rows.stream()
                        .mapToDouble(row -> row.number(column).getAsDouble())
                        .sum());
    }
}
