package dev.agon.pipelines.report;

import java.util.List;

/** Counts over ordered categories, one bar a series side by side. */
final class BarChart {

    private static final int LEFT = 56;
    private static final int RIGHT = 780;
    private static final int WIDTH = 800;
    private static final int TOP = 34;
    private static final int BOTTOM = 254;
    private static final int WIDEST = 34;

    /** Counts in the order of the categories. */
    record Series(String name, List<Double> counts) {}

    private BarChart() {}

    static String draw(String title, String xName, List<String> categories, String yName, List<Series> series) {
        double largest = series.stream()
                .flatMap(s -> s.counts().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        Svg svg = new Svg(WIDTH, BOTTOM + 48, title);
        Frame frame = new Frame(svg, Axis.upTo(yName, largest), LEFT, RIGHT, TOP, BOTTOM);
        frame.draw(xName, categories, series.stream().map(Series::name).toList());
        double slot = (double) (RIGHT - LEFT) / categories.size();
        double width = Math.min(WIDEST, slot * 0.8 / series.size());
        for (int s = 0; s < series.size(); s++) {
            for (int i = 0; i < categories.size(); i++) {
                double count = series.get(s).counts().get(i);
                if (count == 0) {
                    continue;
                }
                double x = frame.x(i, categories.size()) + width * (s - series.size() / 2.0);
                double y = frame.y(count);
                String number = Format.fixed(count, 0);
                svg.bar(
                        Frame.style(s),
                        x + 0.5,
                        y,
                        width - 1,
                        BOTTOM - y,
                        series.get(s).name() + ", " + categories.get(i) + ": " + number);
                if (width >= 12) {
                    svg.text("mark", x + width / 2, y - 4, "middle", number);
                }
            }
        }
        return svg.end();
    }
}
