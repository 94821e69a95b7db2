package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Which chart draws which figure. Every function takes a figure with at least one row and gives SVG. */
final class Charts {

    private Charts() {}

    static String stages(Figure figure) {
        return forest(
                figure,
                Axis.percent("pass@1"),
                row -> new ForestChart.Line(
                        row.text("label").orElseThrow(),
                        row.text("stage").orElseThrow().equals("oracle") ? "s5" : "s0",
                        Estimate.of(row, "pass_at_1", "low", "high"),
                        Format.percent(row.number("pass_at_1"), row.number("low"), row.number("high")),
                        OptionalDouble.empty()));
    }

    static String gains(Figure figure) {
        double largest = figure.rows().stream()
                .mapToDouble(row -> Math.max(
                        Math.abs(row.number("low").orElseThrow()),
                        Math.abs(row.number("high").orElseThrow())))
                .max()
                .orElseThrow();
        Column text = Column.points("", "difference", "low", "high");
        return forest(
                figure,
                Axis.points("difference to iteration 0", largest),
                row -> new ForestChart.Line(
                        row.text("label").orElseThrow(),
                        "s0",
                        Estimate.of(row, "difference", "low", "high"),
                        text.cell().apply(row),
                        OptionalDouble.empty()));
    }

    static String passAtK(Figure figure) {
        return lines(figure, "k", row -> "iteration " + whole(row, "iteration"), "k", "pass_at_k", "pass@k");
    }

    static String rounds(Figure figure) {
        return lines(figure, "rounds", Charts::tournament, "rounds played", "pass_at_1", "pass@1 of the survivors");
    }

    static String byVotes(Figure figure) {
        return lines(figure, "votes", row -> "all tournaments", "votes counted", "accuracy", "judge accuracy");
    }

    static String byContext(Figure figure) {
        return lines(
                figure,
                "passing",
                row -> "iteration " + whole(row, "iteration") + ", " + whole(row, "context_size") + " in the context",
                "passing rollouts in the context",
                "pass_rate",
                "pass rate");
    }

    static String judge(Figure figure) {
        return shares(figure, "judge accuracy (grey: chance)", "accuracy", "chance", row -> {
            if (row.text("stage").isEmpty()) {
                return "all tournaments";
            }
            return tournament(row) + (row.text("round").isEmpty() ? "" : ", round " + whole(row, "round"));
        });
    }

    static String positions(Figure figure) {
        return shares(
                figure,
                "share of valid votes (grey: no bias)",
                "share",
                "expected",
                row -> "group of " + whole(row, "candidates") + ", position " + whole(row, "position"));
    }

    static String steps(Figure figure) {
        double largest = figure.rows().stream()
                .mapToDouble(row -> row.number("high").orElseThrow())
                .max()
                .orElseThrow();
        Column text = Column.number("", "steps", "low", "high", 1);
        return forest(
                figure,
                Axis.upTo("steps of a rollout", largest),
                row -> new ForestChart.Line(
                        "iteration " + whole(row, "iteration"),
                        "s0",
                        Estimate.of(row, "steps", "low", "high"),
                        text.cell().apply(row),
                        OptionalDouble.empty()));
    }

    static String passCounts(Figure figure) {
        List<String> names = distinct(figure, row -> "iteration " + whole(row, "iteration"));
        List<String> counts = categories(figure, "passing");
        List<CategoryChart.Series<Double>> series = new ArrayList<>();
        for (String name : names) {
            series.add(new CategoryChart.Series<>(
                    name,
                    figure.rows().stream()
                            .filter(row -> name.equals("iteration " + whole(row, "iteration")))
                            .map(row -> row.number("tasks").orElseThrow())
                            .toList()));
        }
        return CategoryChart.bars(figure.title(), "passing rollouts of a task", counts, "tasks", series);
    }

    private static String shares(
            Figure figure, String axis, String share, String reference, Function<Row, String> name) {
        return forest(
                figure,
                Axis.percent(axis),
                row -> new ForestChart.Line(
                        name.apply(row),
                        "s0",
                        Estimate.of(row, share, "low", "high"),
                        Format.percent(row.number(share), row.number("low"), row.number("high")),
                        row.number(reference)));
    }

    private static String forest(Figure figure, Axis axis, Function<Row, ForestChart.Line> line) {
        return ForestChart.draw(
                figure.title(), axis, figure.rows().stream().map(line).toList());
    }

    /** One line for each name, over the whole numbers in {@code category}. */
    private static String lines(
            Figure figure, String category, Function<Row, String> name, String xName, String share, String axis) {
        List<String> categories = categories(figure, category);
        List<CategoryChart.Series<Optional<Estimate>>> series = new ArrayList<>();
        for (String line : distinct(figure, name)) {
            List<Optional<Estimate>> estimates = new ArrayList<>();
            for (String at : categories) {
                estimates.add(figure.rows().stream()
                        .filter(row -> name.apply(row).equals(line)
                                && whole(row, category).equals(at))
                        .findFirst()
                        .flatMap(row -> Estimate.of(row, share, "low", "high")));
            }
            series.add(new CategoryChart.Series<>(line, estimates));
        }
        return CategoryChart.lines(figure.title(), xName, categories, Axis.percent(axis), series);
    }

    private static List<String> categories(Figure figure, String column) {
        return figure.rows().stream()
                .map(row -> row.count(column).orElseThrow())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
    }

    private static List<String> distinct(Figure figure, Function<Row, String> name) {
        return figure.rows().stream().map(name).distinct().toList();
    }

    private static String tournament(Row row) {
        return row.text("stage").orElseThrow() + ", iteration " + whole(row, "iteration");
    }

    private static String whole(Row row, String column) {
        return row.count(column).isEmpty()
                ? Format.NONE
                : Long.toString(row.count(column).getAsLong());
    }
}
