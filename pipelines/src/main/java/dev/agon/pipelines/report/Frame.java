package dev.agon.pipelines.report;

import java.util.List;

/** What charts over categories share: the grid, the names at both axes, the key of the series, and where a value lies in pixels. */
final class Frame {

    private static final int COLOURS = 6;
    private static final int KEY = 12;

    private final Svg svg;
    private final Axis axis;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;

    Frame(Svg svg, Axis axis, double left, double right, double top, double bottom) {
        this.svg = svg;
        this.axis = axis;
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
    }

    /** Class of the colour of series {@code index}. */
    static String style(int index) {
        return "s" + index % COLOURS;
    }

    void draw(String xName, List<String> categories, List<String> series) {
        for (double tick : axis.ticks()) {
            svg.line("grid", left, y(tick), right, y(tick));
            svg.text("tick", left - 8, y(tick) + 4, "end", axis.label().apply(tick));
        }
        for (int i = 0; i < categories.size(); i++) {
            svg.text("tick", x(i, categories.size()), bottom + 18, "middle", categories.get(i));
        }
        svg.text("axis", (left + right) / 2, bottom + 40, "middle", xName);
        svg.text("axis", left - 44, top - 18, "start", axis.name());
        double x = right;
        for (int s = series.size() - 1; s >= 0; s--) {
            x -= 7.0 * series.get(s).length();
            svg.text("name", x, top - 18, "start", series.get(s));
            x -= KEY;
            svg.dot(style(s), x, top - 22, series.get(s));
            x -= 2 * KEY;
        }
    }

    double x(int category, int categories) {
        return left + (category + 0.5) * (right - left) / categories;
    }

    double y(double value) {
        return bottom - axis.position(value) * (bottom - top);
    }
}
