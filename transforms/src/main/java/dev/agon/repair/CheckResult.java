package dev.agon.repair;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The result of a check, read from its return code and from the counts that test runners print.
 *
 * @param passed whether it returned 0
 * @param failing number of failing tests, where the output has it
 * @param total number of tests, where the output has it
 * @param reached line of the check in a traceback, where there is one: a later line is better
 */
record CheckResult(boolean passed, OptionalInt failing, OptionalInt total, OptionalInt reached) {

    private static final Pattern OF = Pattern.compile(
            "(\\d{1,9})\\s*(?:of|/|out of)\\s*(\\d{1,9})\\s*(?:\\w+\\s+){0,2}?(pass\\w*|ok|succe\\w*|fail\\w*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FAILED = Pattern.compile(
            "(?<![\\w.])(\\d{1,9})\\s+(?:\\w+\\s+)?(?:failed|failures?|failing|errors?)\\b|(?:failures|errors)=(\\d{1,9})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSED = Pattern.compile(
            "(?<![\\w.])(\\d{1,9})\\s+(?:\\w+\\s+)?(?:passed|passing|succeeded)\\b|Ran (\\d{1,9}) tests?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FAIL_LINE =
            Pattern.compile("^[^\\S\\n]*+(?:FAIL|FAILED|not ok|ERROR|BAD)\\b.*$", Pattern.MULTILINE);
    private static final Pattern PASS_LINE =
            Pattern.compile("^[^\\S\\n]*+(?:PASS|PASSED|ok|OK)\\b.+$", Pattern.MULTILINE);
    private static final Pattern WORDS = Pattern.compile("(passes|fails)(?: \\((\\d{1,9})(?: of (\\d{1,9}))?\\))?");
    private static final Pattern FRAME = Pattern.compile("line (\\d{1,9})");

    static CheckResult of(Observation observation) {
        if (observation.succeeded()) {
            return new CheckResult(true, OptionalInt.of(0), count(observation.output(), true), OptionalInt.empty());
        }
        if (observation.ended()) {
            return new CheckResult(false, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        }
        String output = observation.output();
        Matcher of = OF.matcher(output);
        OptionalInt failing = OptionalInt.empty();
        OptionalInt total = OptionalInt.empty();
        while (of.find()) {
            int part = Integer.parseInt(of.group(1));
            int whole = Integer.parseInt(of.group(2));
            failing = OptionalInt.of(of.group(3).toLowerCase(Locale.ROOT).startsWith("fail") ? part : whole - part);
            total = OptionalInt.of(whole);
        }
        if (failing.isEmpty()) {
            failing = count(output, false);
            OptionalInt passed = count(output, true);
            total = failing.isPresent() && passed.isPresent()
                    ? OptionalInt.of(failing.getAsInt() + passed.getAsInt())
                    : OptionalInt.empty();
        }
        Matcher frame = FRAME.matcher(output);
        return new CheckResult(
                false,
                failing,
                total,
                frame.find() ? OptionalInt.of(Integer.parseInt(frame.group(1))) : OptionalInt.empty());
    }

    /** The reverse of {@link #words()}. Empty when the text does not start with such words. */
    static Optional<CheckResult> fromWords(String text) {
        Matcher words = WORDS.matcher(text);
        if (!words.lookingAt()) {
            return Optional.empty();
        }
        OptionalInt part = number(words.group(2));
        OptionalInt total = number(words.group(3));
        boolean passed = words.group(1).equals("passes");
        return Optional.of(new CheckResult(passed, passed ? OptionalInt.of(0) : part, total, OptionalInt.empty()));
    }

    private static OptionalInt number(String digits) {
        return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    private static OptionalInt count(String output, boolean passes) {
        Matcher counts = (passes ? PASSED : FAILED).matcher(output);
        OptionalInt sum = OptionalInt.empty();
        while (counts.find()) {
            String number = counts.group(1) != null ? counts.group(1) : counts.group(2);
            sum = OptionalInt.of(sum.orElse(0) + Integer.parseInt(number));
        }
        if (sum.isPresent()) {
            return sum;
        }
        int lines =
                (int) (passes ? PASS_LINE : FAIL_LINE).matcher(output).results().count();
        return lines > 0 ? OptionalInt.of(lines) : OptionalInt.empty();
    }

    /** Whether this result is strictly nearer to a pass than the other. Results without numbers are not. */
    boolean betterThan(CheckResult other) {
        if (passed != other.passed) {
            return passed;
        }
        if (failing.isPresent() && other.failing.isPresent()) {
            return failing.getAsInt() < other.failing.getAsInt();
        }
        return failing.isEmpty()
                && other.failing.isEmpty()
                && reached.isPresent()
                && other.reached.isPresent()
                && reached.getAsInt() > other.reached.getAsInt();
    }

    /** In words: {@code passes}, {@code fails (2 of 3)}. */
    String words() {
        if (passed) {
            return total.isPresent() && total.getAsInt() > 0
                    ? "passes (" + total.getAsInt() + " of " + total.getAsInt() + ")"
                    : "passes";
        }
        if (failing.isEmpty()) {
            return "fails";
        }
        return "fails (" + failing.getAsInt() + (total.isPresent() ? " of " + total.getAsInt() : "") + ")";
    }
}
