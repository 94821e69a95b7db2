package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Estimates over a few ordered categories, one line a series, each estimate with the stroke of its interval. */
final class LineChart {

    private static final int HEIGHT = 240;
    private static final int DODGE = 8;

    /** One line; a category without an estimate leaves a gap in it. {@code estimates} are in the order of the categories. */
    record Series(String name, List<Optional<Estimate>> estimates) {}

    private LineChart() {}

    static String draw(String title, String xName, List<String> categories, Axis axis, List<Series> series) {
        List<String> names = series.stream().map(Series::name).toList();
        Frame frame = new Frame(title, HEIGHT, xName, categories, axis, names);
        for (int s = 0; s < series.size(); s++) {
            double shift = DODGE * (s - (series.size() - 1) / 2.0);
            draw(frame, Frame.style(s), shift, categories, series.get(s));
        }
        return frame.svg().end();
    }

    private static void draw(Frame frame, String style, double shift, List<String> categories, Series series) {
        List<double[]> run = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            Optional<Estimate> found = series.estimates().get(i);
            if (found.isEmpty()) {
                frame.svg().polyline("path " + style, run);
                run = new ArrayList<>();
                continue;
            }
            Estimate estimate = found.get();
            double x = frame.x(i) + shift;
            frame.svg().line("whisker " + style, x, frame.y(estimate.low()), x, frame.y(estimate.high()));
            frame.svg().dot(style, x, frame.y(estimate.value()), tip(series.name(), categories.get(i), estimate));
            run.add(new double[] {x, frame.y(estimate.value())});
        }
        frame.svg().polyline("path " + style, run);
    }

    private static String tip(String series, String category, Estimate estimate) {
        return series + ", " + category + ": " + Format.percent(estimate.value()) + " ["
                + Format.percent(estimate.low()) + ", " + Format.percent(estimate.high()) + "]";
    }
}
