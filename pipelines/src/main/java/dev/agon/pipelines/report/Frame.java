package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What charts over categories share: the grid, the names at both axes, the key of the series, and where a value lies in pixels. The key takes as many lines
 * above the plot as its names need.
 */
final class Frame {

    static final int WIDTH = 800;

    private static final int LEFT = 56;
    private static final int RIGHT = 780;
    private static final int COLOURS = 6;
    private static final int KEY_LINE = 18;
    private static final int KEY_LEFT = 300;
    private static final int MOST_LABELS = 24;

    private final Svg svg;
    private final Axis axis;
    private final int categories;
    private final double top;
    private final double bottom;

    /** A frame whose plot is {@code height} pixels high, drawn at once. */
    Frame(String title, int height, String xName, List<String> categories, Axis axis, List<String> series) {
        List<List<Integer>> key = keyLines(series);
        this.axis = axis;
        this.categories = categories.size();
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

    /** Class of the colour of series {@code index}. */
    static String style(int index) {
        return "s" + index % COLOURS;
    }

    Svg svg() {
        return svg;
    }

    double x(int category) {
        return LEFT + (category + 0.5) * slot();
    }

    double y(double value) {
        return bottom - axis.position(value) * (bottom - top);
    }

    /** Width of one category. */
    double slot() {
        return (double) (RIGHT - LEFT) / categories;
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

    /** Room for a name of a font that is not measured here: about seven pixels a letter, the dot and the gap. */
    private static double keyWidth(String name) {
        return 7.0 * name.length() + 30;
    }
}
