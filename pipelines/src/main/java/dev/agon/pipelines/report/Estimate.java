package dev.agon.pipelines.report;

import java.util.Optional;

/** A number with its 95 % interval, as charts draw it. */
record Estimate(double value, double low, double high) {

    /** From three columns of a row. Empty without an estimate; an estimate without an interval is a point. */
    static Optional<Estimate> of(Row row, String value, String low, String high) {
        if (row.number(value).isEmpty()) {
            return Optional.empty();
        }
        double point = row.number(value).getAsDouble();
        return Optional.of(new Estimate(
                point, row.number(low).orElse(point), row.number(high).orElse(point)));
    }
}
