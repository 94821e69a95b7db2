package dev.agon.pipelines.report;

import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * One column of a table in the report.
 *
 * @param header its name
 * @param numeric whether its cells stand at the right
 * @param cell its text for one row; null values become a hyphen
 */
record Column(String header, boolean numeric, Function<Row, String> cell) {

    static Column text(String header, String column) {
        return text(header, column, Format.NONE);
    }

    static Column text(String header, String column, String ifNull) {
        return new Column(header, false, row -> row.text(column).orElse(ifNull));
    }

    static Column count(String header, String column) {
        return new Column(
                header,
                true,
                row -> row.count(column).isEmpty()
                        ? Format.NONE
                        : Format.count(row.count(column).getAsLong()));
    }

    static Column number(String header, String column, int decimals) {
        return of(header, column, value -> Format.fixed(value, decimals));
    }

    /** An estimate with its interval, written as numbers with {@code decimals}. */
    static Column number(String header, String column, String low, String high, int decimals) {
        return of(header, column, low, high, value -> Format.fixed(value, decimals));
    }

    static Column usd(String header, String column) {
        return new Column(header, true, row -> Format.usd(row.number(column)));
    }

    static Column percent(String header, String column) {
        return of(header, column, Format::percent);
    }

    /** A share with its interval, in percent. */
    static Column percent(String header, String column, String low, String high) {
        return new Column(header, true, row -> Format.percent(row.number(column), row.number(low), row.number(high)));
    }

    /** A difference of shares with its interval, in percentage points. */
    static Column points(String header, String column, String low, String high) {
        return of(header, column, low, high, Format::points);
    }

    private static Column of(String header, String column, DoubleFunction<String> format) {
        return new Column(header, true, row -> {
            OptionalDouble value = row.number(column);
            return value.isEmpty() ? Format.NONE : format.apply(value.getAsDouble());
        });
    }

    private static Column of(String header, String column, String low, String high, DoubleFunction<String> format) {
        return new Column(header, true, row -> {
            OptionalDouble value = row.number(column);
            return value.isEmpty()
                    ? Format.NONE
                    : format.apply(value.getAsDouble()) + " ["
                            + format.apply(row.number(low).orElseThrow()) + ", "
                            + format.apply(row.number(high).orElseThrow()) + "]";
        });
    }
}
