package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chart over ordered categories: bars for counts, or lines for estimates with their intervals. It draws the grid, the names at
 * both axes and the key of the series, which takes as many lines above the plot as its names need.
 */
final class CategoryChart {

    static final int WIDTH = 800;
    private static final int BARS_HEIGHT = 220;
    private static final int LINES_HEIGHT = 240;
    private static final int LEFT = 56;
    private static final int RIGHT = 780;
    private static final int COLOURS = 6;
    private static final int KEY_LINE = 18;
    private static final int KEY_LEFT = 300;
    private static final int MOST_LABELS = 24;
    private static final int WIDEST_BAR = 34;
    private static final int NARROWEST_BAR_WITH_NUMBER = 12;
    /** Pixels between the points of two lines at one category. */
    private static final int BETWEEN_LINES = 8;

    private final Svg svg;
    private final Axis axis;
    private final List<String> categories;
    private final double top;
    private final double bottom;

    /**
     * Values of one name.
     *
     * @param values one for each category, in their order
     */
    record Series<T>(String name, List<T> values) {}

    private CategoryChart(
            String title, int height, String xName, List<String> categories, Axis axis, List<String> series) {
        List<List<Integer>> key = keyLines(series);
        this.axis = axis;
        this.categories = categories;
        this.top = 16 + KEY_LINE * key.size();
        this.bottom = top + height;
        this.svg = new Svg(WIDTH, bottom + 48, title);
        for (double tick : axis.ticks()) {
            svg.line("grid", LEFT, y(tick), RIGHT, y(tick));
            svg.text("tick", LEFT - 8, y(tick) + 4, "end", axis.label().apply(tick));
        }
        int every = (categories.size() + MOST_LABELS - 1) / MOST_LABELS;
        for (int i = 0; i < categories.size(); i += Math.max(1, every)) {
            svg.text("tick", x(i), bottom + 18, "middle", categories.get(i));
        }
        svg.text("axis", (LEFT + RIGHT) / 2.0, bottom + 40, "middle", xName);
        svg.text("axis", LEFT - 44, 16, "start", axis.name());
        for (int line = 0; line < key.size(); line++) {
            double x = RIGHT;
            for (int place = key.get(line).size() - 1; place >= 0; place--) {
                int index = key.get(line).get(place);
                x -= keyWidth(series.get(index));
                svg.dot(style(index), x, 12 + KEY_LINE * line, series.get(index));
                svg.text("name", x + 12, 16 + KEY_LINE * line, "start", series.get(index));
            }
        }
    }

    /** Counts: one bar for each series, side by side in each category. */
    static String bars(String title, String xName, List<String> categories, String yName, List<Series<Double>> series) {
        double largest = series.stream()
                .flatMap(one -> one.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        CategoryChart chart =
                new CategoryChart(title, BARS_HEIGHT, xName, categories, Axis.upTo(yName, largest), names(series));
        double width = Math.min(WIDEST_BAR, chart.slot() * 0.8 / series.size());
        for (int index = 0; index < series.size(); index++) {
            chart.bars(index, width, width * (index - series.size() / 2.0), series.get(index));
        }
        return chart.svg.end();
    }

    private void bars(int index, double width, double shift, Series<Double> series) {
        for (int i = 0; i < categories.size(); i++) {
            double count = series.values().get(i);
            if (count == 0) {
                continue;
            }
            double x = x(i) + shift;
            double y = y(count);
            String number = Format.fixed(count, 0);
            String tip = series.name() + ", " + categories.get(i) + ": " + number;
            svg.bar(style(index), x + 0.5, y, width - 1, y(0) - y, tip);
            if (width >= NARROWEST_BAR_WITH_NUMBER) {
                svg.text("mark", x + width / 2, y - 4, "middle", number);
            }
        }
    }

    /** Estimates: one line for each series. A category without an estimate leaves a gap in its line. */
    static String lines(
            String title, String xName, List<String> categories, Axis axis, List<Series<Optional<Estimate>>> series) {
        CategoryChart chart = new CategoryChart(title, LINES_HEIGHT, xName, categories, axis, names(series));
        for (int index = 0; index < series.size(); index++) {
            chart.line(style(index), BETWEEN_LINES * (index - (series.size() - 1) / 2.0), series.get(index));
        }
        return chart.svg.end();
    }

    private void line(String style, double shift, Series<Optional<Estimate>> series) {
        List<double[]> run = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            Optional<Estimate> found = series.values().get(i);
            if (found.isEmpty()) {
                svg.polyline("path " + style, run);
                run = new ArrayList<>();
                continue;
            }
            Estimate estimate = found.get();
            double x = x(i) + shift;
            svg.line("whisker " + style, x, y(estimate.low()), x, y(estimate.high()));
            String tip = series.name() + ", " + categories.get(i) + ": " + Format.percent(estimate.value()) + " ["
                    + Format.percent(estimate.low()) + ", " + Format.percent(estimate.high()) + "]";
            svg.dot(style, x, y(estimate.value()), tip);
            run.add(new double[] {x, y(estimate.value())});
        }
        svg.polyline("path " + style, run);
    }

    private static List<String> names(List<? extends Series<?>> series) {
        return series.stream().<String>map(Series::name).toList();
    }

    /** Class of the colour of a series. */
    private static String style(int index) {
        return "s" + index % COLOURS;
    }

    private double x(int category) {
        return LEFT + (category + 0.5) * slot();
    }

    private double y(double value) {
        return bottom - axis.position(value) * (bottom - top);
    }

    /** Width of one category. */
    private double slot() {
        return (double) (RIGHT - LEFT) / categories.size();
    }

    private static List<List<Integer>> keyLines(List<String> series) {
        List<List<Integer>> lines = new ArrayList<>(List.of(new ArrayList<>()));
        double left = RIGHT - KEY_LEFT;
        for (int i = 0; i < series.size(); i++) {
            left -= keyWidth(series.get(i));
            if (left < 0 && !lines.get(lines.size() - 1).isEmpty()) {
                lines.add(new ArrayList<>());
                left = RIGHT - KEY_LEFT - keyWidth(series.get(i));
            }
            lines.get(lines.size() - 1).add(i);
        }
        return lines;
    }

    /** Room for one name in the key. The font is not measured: a letter has about seven pixels, the dot and the gap the rest. */
    private static double keyWidth(String name) {
        return 7.0 * name.length() + 30;
    }
}
