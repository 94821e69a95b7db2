package dev.agon.pipelines.report;

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
        return new Column(header, false, row -> row.text(column).orElse(Format.NONE));
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
        return new Column(
                header,
                true,
                row -> row.number(column).isEmpty()
                        ? Format.NONE
                        : Format.fixed(row.number(column).getAsDouble(), decimals));
    }

    /** An estimate with its interval, written as numbers with {@code decimals}. */
    static Column number(String header, String column, String low, String high, int decimals) {
        return new Column(
                header,
                true,
                row -> row.number(column).isEmpty()
                        ? Format.NONE
                        : Format.fixed(row.number(column).getAsDouble(), decimals) + " ["
                                + Format.fixed(row.number(low).orElseThrow(), decimals) + ", "
                                + Format.fixed(row.number(high).orElseThrow(), decimals) + "]");
    }

    static Column usd(String header, String column) {
        return new Column(
                header,
                true,
                row -> row.number(column).isEmpty()
                        ? Format.NONE
                        : Format.usd(row.number(column).getAsDouble()));
    }

    static Column percent(String header, String column) {
        return new Column(
                header,
                true,
                row -> row.number(column).isEmpty()
                        ? Format.NONE
                        : Format.percent(row.number(column).getAsDouble()));
    }

    /** A share with its interval, in percent. */
    static Column percent(String header, String column, String low, String high) {
        return new Column(header, true, row -> Format.percent(row.number(column), row.number(low), row.number(high)));
    }

    /** A difference of shares with its interval, in percentage points. */
    static Column points(String header, String column, String low, String high) {
        return new Column(
                header,
                true,
                row -> Format.points(row.number(column).orElseThrow()) + " ["
                        + Format.points(row.number(low).orElseThrow()) + ", "
                        + Format.points(row.number(high).orElseThrow()) + "]");
    }
}
