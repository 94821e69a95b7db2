package dev.agon.pipelines.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes one SVG drawing. Lengths are in pixels, classes are those of the report's style sheet, and all text is escaped. */
final class Svg {

    private final StringBuilder body = new StringBuilder();

    /** Starts a drawing. Screen readers read {@code label} aloud. */
    Svg(double width, double height, String label) {
        body.append(format(
                "<svg viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"img\" aria-label=\"%s\">",
                width, height, width, height, escape(label)));
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        body.append(
                format("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2));
    }

    void polyline(String style, List<double[]> points) {
        String list = points.stream().map(p -> format("%.1f,%.1f", p[0], p[1])).collect(Collectors.joining(" "));
        body.append(format("<polyline class=\"%s\" points=\"%s\"/>", style, list));
    }

    /** A dot; {@code tip} is shown when the pointer rests on it. */
    void dot(String style, double x, double y, String tip) {
        body.append(format(
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>",
                style, x, y, escape(tip)));
    }

    /** A bar; {@code tip} is shown when the pointer rests on it. */
    void bar(String style, double x, double y, double width, double height, String tip) {
        body.append(format(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"1.5\"><title>%s</title></rect>",
                style, x, y, width, height, escape(tip)));
    }

    /** Text at a base line; {@code anchor} is {@code start}, {@code middle} or {@code end}. */
    void text(String style, double x, double y, String anchor, String text) {
        body.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, escape(text)));
    }

    String end() {
        return body + "</svg>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
