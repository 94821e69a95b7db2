package dev.agon.pipelines.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as the report prints them: shares in percent with one decimal, intervals in brackets, a hyphen for a missing value. */
final class Format {

    static final String NONE = "-";

    private Format() {}

    /** {@code 0.704 -> 70.4}. */
    static String percent(double share) {
        return fixed(100 * share, 1);
    }

    /** {@code 70.4 [61.0, 78.3]}, or the estimate alone when there is no interval. */
    static String percent(OptionalDouble share, OptionalDouble low, OptionalDouble high) {
        if (share.isEmpty()) {
            return NONE;
        }
        if (low.isEmpty() || high.isEmpty()) {
            return percent(share.getAsDouble());
        }
        return percent(share.getAsDouble()) + " [" + percent(low.getAsDouble()) + ", " + percent(high.getAsDouble())
                + "]";
    }

    /** As {@link #percent}, with a sign: percentage points. */
    static String points(double difference) {
        String digits = percent(Math.abs(difference));
        if (digits.equals("0.0")) {
            return digits;
        }
        return (difference < 0 ? "-" : "+") + digits;
    }

    /** {@code 1234567 -> 1,234,567}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** As {@link #usd(double)}; nobody knows what is missing. */
    static String usd(OptionalDouble usd) {
        return usd.isEmpty() ? "unknown" : usd(usd.getAsDouble());
    }

    /** USD: four decimals below one dollar, where two would hide what a call costs. */
    static String usd(double usd) {
        return usd == 0 ? "0" : String.format(Locale.ROOT, Math.abs(usd) < 1 ? "%.4f" : "%,.2f", usd);
    }

    static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
