package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Estimates over a few ordered categories, one line a series, each with the band or the strokes of its intervals. */
final class LineChart {

    private static final int LEFT = 56;
    private static final int RIGHT = 780;
    private static final int WIDTH = 800;
    private static final int TOP = 34;
    private static final int BOTTOM = 274;
    private static final int DODGE = 8;

    /** One line; a category without an estimate leaves a gap in it. {@code estimates} are in the order of the categories. */
    record Series(String name, List<Optional<Estimate>> estimates) {}

    private LineChart() {}

    static String draw(String title, String xName, List<String> categories, Axis axis, List<Series> series) {
        Svg svg = new Svg(WIDTH, BOTTOM + 48, title);
        Frame frame = new Frame(svg, axis, LEFT, RIGHT, TOP, BOTTOM);
        frame.draw(xName, categories, series.stream().map(Series::name).toList());
        for (int s = 0; s < series.size(); s++) {
            Series line = series.get(s);
            String style = Frame.style(s);
            double shift = DODGE * (s - (series.size() - 1) / 2.0);
            List<double[]> run = new ArrayList<>();
            for (int i = 0; i < categories.size(); i++) {
                Optional<Estimate> estimate = line.estimates().get(i);
                if (estimate.isEmpty()) {
                    svg.polyline("path " + style, run);
                    run = new ArrayList<>();
                    continue;
                }
                double x = frame.x(i, categories.size()) + shift;
                svg.line(
                        "whisker " + style,
                        x,
                        frame.y(estimate.get().low()),
                        x,
                        frame.y(estimate.get().high()));
                run.add(new double[] {x, frame.y(estimate.get().value())});
            }
            svg.polyline("path " + style, run);
            for (int i = 0; i < categories.size(); i++) {
                if (line.estimates().get(i).isPresent()) {
                    Estimate estimate = line.estimates().get(i).get();
                    String tip = line.name() + ", " + categories.get(i) + ": " + Format.percent(estimate.value()) + " ["
                            + Format.percent(estimate.low()) + ", " + Format.percent(estimate.high()) + "]";
                    svg.dot(style, frame.x(i, categories.size()) + shift, frame.y(estimate.value()), tip);
                }
            }
        }
        return svg.end();
    }
}
