package dev.agon.model.http;

import com.google.api.client.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a server wants to be left alone. Out: the time from now, a year at most; empty when no header says it in a readable form.
 *
 * <p>It reads {@code retry-after-ms} and {@code Retry-After} (seconds, or a date of HTTP). For a limit that is used up it reads the
 * reset time: in OpenAI's headers ({@code x-ratelimit-…}, durations such as {@code 6m0s} or {@code 120ms}, or seconds) and in
 * Anthropic's ({@code anthropic-ratelimit-…}, times of RFC 3339).
 */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern DURATION_PART = Pattern.compile("(?<![\\d.])(\\d++(?:\\.\\d++)?+)(ms|d|h|m|s)");
    private static final Pattern DURATION = Pattern.compile("(?:" + DURATION_PART.pattern() + ")++");
    private static final List<String> OPENAI = List.of("requests", "tokens");
    private static final List<String> ANTHROPIC = List.of("requests", "tokens", "input-tokens", "output-tokens");

    private RetryAfter() {}

    /** How long a server that did not answer wants to be left alone. */
    static Optional<Duration> ofFailure(int status, HttpHeaders headers, Instant now) {
        Optional<Duration> stated = header(headers, "retry-after-ms")
                .flatMap(RetryAfter::number)
                .map(ms -> millis(ms))
                .or(() -> header(headers, "retry-after").flatMap(value -> secondsOrDate(value, now)));
        return stated.isEmpty() && status == ServerFailure.TOO_MANY_REQUESTS ? ofUsedUp(headers, now) : stated;
    }

    /** How long until a used-up limit is reset. The call may have been answered all the same. */
    static Optional<Duration> ofUsedUp(HttpHeaders headers, Instant now) {
        Optional<Duration> longest = Optional.empty();
        for (String kind : OPENAI) {
            if (isUsedUp(headers, "x-ratelimit-remaining-" + kind)) {
                longest = longer(
                        longest, header(headers, "x-ratelimit-reset-" + kind).flatMap(RetryAfter::duration));
            }
        }
        for (String kind : ANTHROPIC) {
            if (isUsedUp(headers, "anthropic-ratelimit-" + kind + "-remaining")) {
                longest = longer(
                        longest,
                        header(headers, "anthropic-ratelimit-" + kind + "-reset")
                                .flatMap(value -> time(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME, now)));
            }
        }
        return longest;
    }

    private static boolean isUsedUp(HttpHeaders headers, String name) {
        return header(headers, name)
                .flatMap(RetryAfter::number)
                .filter(left -> left <= 0)
                .isPresent();
    }

    private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
        return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) >= 0
                ? one
                : other.or(() -> one);
    }

    private static Optional<Duration> secondsOrDate(String value, Instant now) {
        return number(value)
                .map(seconds -> millis(seconds * 1000))
                .or(() -> time(value, DateTimeFormatter.RFC_1123_DATE_TIME, now));
    }

    private static Optional<Duration> time(String value, DateTimeFormatter format, Instant now) {
        try {
            Duration left = Duration.between(now, format.parse(value, Instant::from));
            return Optional.of(left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST) > 0 ? LONGEST : left);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> duration(String value) {
        if (!DURATION.matcher(value).matches()) {
            return number(value).map(seconds -> millis(seconds * 1000));
        }
        double millis = 0;
        Matcher parts = DURATION_PART.matcher(value);
        while (parts.find()) {
            millis += Double.parseDouble(parts.group(1)) * millisIn(parts.group(2));
        }
        return Optional.of(millis(millis));
    }

    private static double millisIn(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> Duration.ofSeconds(1).toMillis();
            case "m" -> Duration.ofMinutes(1).toMillis();
            case "h" -> Duration.ofHours(1).toMillis();
            default -> Duration.ofDays(1).toMillis();
        };
    }

    private static Optional<Double> number(String value) {
        try {
            double number = Double.parseDouble(value);
            return number >= 0 && number < Integer.MAX_VALUE ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis((long) Math.ceil(Math.min(millis, LONGEST.toMillis())));
    }

    private static Optional<String> header(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getFirstHeaderStringValue(name)).map(String::strip);
    }
}
