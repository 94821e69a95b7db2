package dev.agon.pipelines.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line for each estimate: its name at the left, the estimate with its interval in the plot, the numbers at the right. A short
 * stroke marks the value that the estimate is compared with.
 */
final class ForestChart {

    private static final int LEFT = 210;
    private static final int RIGHT = 620;
    private static final int WIDTH = 800;
    private static final int ROW = 28;
    private static final int TOP = 10;

    /**
     * @param style class of the colour
     * @param text the numbers, as they are written at the right
     * @param reference what chance would give, or zero
     */
    record Line(String name, String style, Optional<Estimate> estimate, String text, OptionalDouble reference) {}

    private ForestChart() {}

    static String draw(String title, Axis axis, List<Line> lines) {
        int bottom = TOP + ROW * lines.size();
        Svg svg = new Svg(WIDTH, bottom + 44, title);
        for (double tick : axis.ticks()) {
            svg.line(tick == 0 && axis.min() < 0 ? "zero" : "grid", x(axis, tick), TOP, x(axis, tick), bottom);
            svg.text("tick", x(axis, tick), bottom + 16, "middle", axis.label().apply(tick));
        }
        svg.text("axis", (LEFT + RIGHT) / 2.0, bottom + 36, "middle", axis.name());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            double y = TOP + ROW * (i + 0.5);
            svg.text("name", LEFT - 12, y + 4, "end", line.name());
            svg.text("value", RIGHT + 12, y + 4, "start", line.text());
            line.reference().ifPresent(at -> svg.line("reference", x(axis, at), y - 9, x(axis, at), y + 9));
            line.estimate().ifPresent(estimate -> {
                svg.line("whisker " + line.style(), x(axis, estimate.low()), y, x(axis, estimate.high()), y);
                svg.dot(line.style(), x(axis, estimate.value()), y, line.name() + ": " + line.text());
            });
        }
        return svg.end();
    }

    private static double x(Axis axis, double value) {
        return LEFT + axis.position(value) * (RIGHT - LEFT);
    }
}
