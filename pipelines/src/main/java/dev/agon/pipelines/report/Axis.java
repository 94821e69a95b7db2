package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The scale of a chart's numbers.
 *
 * @param name what is shown, with its unit
 * @param label how a number is written at a tick and beside a mark
 */
record Axis(String name, double min, double max, double step, DoubleFunction<String> label) {

    /** Shares from 0 to 1, written in percent. */
    static Axis percent(String name) {
        return new Axis(name + ", %", 0, 1, 0.2, share -> Format.fixed(100 * share, 0));
    }

    /** Differences of shares, written in percentage points. Zero is in the middle. */
    static Axis points(String name, double largest) {
        double step = largest <= 0.25 ? 0.05 : largest <= 0.5 ? 0.1 : 0.25;
        double end = Math.max(step, Math.ceil(largest / step - 1e-9) * step);
        return new Axis(
                name + ", percentage points", -end, end, step, d -> (d > 1e-9 ? "+" : "") + Format.fixed(100 * d, 0));
    }

    /** Numbers from 0 to at least {@code largest}, with round ticks. */
    static Axis upTo(String name, double largest) {
        double rough = Math.max(largest, 1) / 5;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = List.of(1.0, 2.0, 5.0, 10.0).stream()
                .map(factor -> factor * magnitude)
                .filter(candidate -> candidate >= rough)
                .findFirst()
                .orElseThrow();
        step = Math.max(step, 1);
        return new Axis(
                name, 0, Math.max(1, Math.ceil(largest / step - 1e-9)) * step, step, value -> Format.fixed(value, 0));
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; min + i * step <= max + step / 1000; i++) {
            double tick = min + i * step;
            ticks.add(Math.abs(tick) < step / 1000 ? 0 : tick);
        }
        return ticks;
    }

    /** Where {@code value} lies between the ends: 0 at the lower, 1 at the upper. A value outside is drawn at the nearer end. */
    double position(double value) {
        return Math.min(1, Math.max(0, (value - min) / (max - min)));
    }
}
