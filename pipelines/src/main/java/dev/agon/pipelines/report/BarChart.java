package dev.agon.pipelines.report;

import java.util.List;

/** Counts over ordered categories, one bar a series side by side. */
final class BarChart {

    private static final int HEIGHT = 220;
    private static final int WIDEST = 34;
    private static final int NARROWEST_WITH_NUMBER = 12;

    /** Counts in the order of the categories. */
    record Series(String name, List<Double> counts) {}

    private BarChart() {}

    static String draw(String title, String xName, List<String> categories, String yName, List<Series> series) {
        double largest = series.stream()
                .flatMap(s -> s.counts().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        List<String> names = series.stream().map(Series::name).toList();
        Frame frame = new Frame(title, HEIGHT, xName, categories, Axis.upTo(yName, largest), names);
        double width = Math.min(WIDEST, frame.slot() * 0.8 / series.size());
        for (int s = 0; s < series.size(); s++) {
            for (int i = 0; i < categories.size(); i++) {
                double count = series.get(s).counts().get(i);
                if (count == 0) {
                    continue;
                }
                double x = frame.x(i) + width * (s - series.size() / 2.0);
                double y = frame.y(count);
                String number = Format.fixed(count, 0);
                String tip = series.get(s).name() + ", " + categories.get(i) + ": " + number;
                frame.svg().bar(Frame.style(s), x + 0.5, y, width - 1, frame.y(0) - y, tip);
                if (width >= NARROWEST_WITH_NUMBER) {
                    frame.svg().text("mark", x + width / 2, y - 4, "middle", number);
                }
            }
        }
        return frame.svg().end();
    }
}
