package dev.agon.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a test runner or check, read from its output.
 *
 * @param step number of the step
 * @param runner which runner printed it
 * @param passed number of tests that passed, where it is printed
 * @param failed number of tests that failed or had errors, where it is printed
 * @param green whether nothing failed
 */
record CheckRun(int step, String runner, OptionalInt passed, OptionalInt failed, boolean green) {

    private static final String N = "(\\d{1,9})";

    /** Most characters that are read of an output, from its end, since runners print their results last. */
    private static final int MOST_CHARACTERS = 8_000;

    /** Runners in the order of the search. Runners with lines that no other prints come first. */
    private static final List<Runner> RUNNERS = List.of(
            new Runner(
                    "cargo test",
                    List.of("test result: "),
                    "test result: (?:ok|FAILED)\\. " + N + " passed; " + N + " failed",
                    1,
                    2),
            new Runner(
                    "maven", List.of("Tests run: "), "Tests run: " + N + ", Failures: " + N + ", Errors: " + N, 0, 2),
            new Runner("gradle", List.of(" completed, "), N + " tests? completed, " + N + " failed", 0, 2),
            new Runner(
                    "jest",
                    List.of("Tests:"),
                    "Tests:\\s++(?:" + N + " failed, )?+(?:\\d{1,9} (?:skipped|todo), )*+(?:" + N + " passed)?+",
                    2,
                    1),
            new Runner("ctest", List.of("tests passed, "), "tests passed, " + N + " tests failed out of " + N, 0, 1),
            new Runner("unittest", List.of("Ran "), "(?m)^Ran " + N + " tests? in [\\d.]++s\\s++(?:OK|FAILED)", 1, 0),
            new Runner(
                    "mocha",
                    List.of(" passing"),
                    "(?m)^[ \\t]*+" + N + " passing\\b(?:[^\\n]*+\\n\\s*+(?:\\d{1,9} pending[ \\t]*+\\n\\s*+)?" + N
                            + " failing)?",
                    1,
                    2),
            new Runner(
                    "pytest",
                    List.of(" passed", " failed", " error"),
                    "(?m)^(?=.*\\bin [\\d.]+\\s?s)(?=.*\\b\\d{1,9} (?:passed|failed|errors?)\\b).*$",
                    0,
                    0),
            new Runner(
                    "go test",
                    List.of("ok", "FAIL", "PASS"),
                    "(?m)^(?:ok|FAIL)\\s++[\\w./-]++\\s++(?:[\\d.]++s|\\(cached\\)|\\[)|^(?:PASS|FAIL)$",
                    0,
                    0));

    private static final Pattern PASSED = Pattern.compile("\\b" + N + " passed\\b");
    private static final Pattern FAILED = Pattern.compile("\\b" + N + " (?:failed|errors?)\\b");
    private static final Pattern UNITTEST =
            Pattern.compile("FAILED \\((?:failures=" + N + ")?(?:, )?(?:errors=" + N + ")?");
    private static final List<String> BUILDERS = List.of("make", "mvn", "gradle", "npm ", "cargo ");
    private static final Pattern BUILD =
            Pattern.compile("(?m)^[ \\t]*+(?:make|mvn|gradle|npm (?:run|test)|cargo (?:build|check)|cmake --build)\\b");
    /** Of a line only its first stars are looked at: what follows the others follows them too. */
    private static final Pattern MAKE_FAILED =
            Pattern.compile("(?m)^(?>.*?\\*\\*\\* ).*(?:Error|Stop)|BUILD FAILURE|npm ERR!|error: could not compile");

    private static final Pattern CHECK_NAME = Pattern.compile(
            "(?i)(?:^|[/\\s_-])(?:run_?)?(?:tests?|check|verify|validate|eval)\\w{0,20}\\.(?:py|sh|js|rb|pl|R|ts)\\b");

    private static final Words WORDS = new Words(
            RUNNERS.stream().flatMap(runner -> runner.words().stream()).toList());

    /** @param words its result has at least one of these words */
    private record Runner(String name, List<String> words, Pattern mark, int passed, int failed) {
        Runner(String name, List<String> words, String mark, int passed, int failed) {
            this(name, words, Pattern.compile(mark), passed, failed);
        }
    }

    /** All runs of checks, in order. */
    static List<CheckRun> in(List<Action> actions) {
        List<CheckRun> runs = new ArrayList<>();
        actions.forEach(action -> in(action).ifPresent(runs::add));
        return runs;
    }

    static Optional<CheckRun> in(Action action) {
        String end = TerminalText.end(action.output(), MOST_CHARACTERS);
        Set<String> there = WORDS.in(end);
        for (Runner runner : RUNNERS) {
            if (Collections.disjoint(there, runner.words())) {
                continue;
            }
            Matcher mark = runner.mark().matcher(end);
            String last = null;
            OptionalInt passed = OptionalInt.empty();
            OptionalInt failed = OptionalInt.empty();
            while (mark.find()) {
                last = mark.group();
                passed = group(mark, runner.passed());
                failed = group(mark, runner.failed());
            }
            if (last != null && !last.isBlank() && !last.strip().equals("Tests:")) {
                return Optional.of(read(action, runner.name(), last, passed, failed));
            }
        }
        boolean named =
                CHECK_NAME.matcher(TerminalText.line(action.text(), 2_000)).find();
        boolean build = BUILDERS.stream().anyMatch(action.text()::contains)
                && BUILD.matcher(action.text()).find();
        if (named || build) {
            boolean bad =
                    action.failed() || MAKE_FAILED.matcher(action.output()).find();
            return Optional.of(new CheckRun(
                    action.step(), build ? "build" : "script", OptionalInt.empty(), OptionalInt.empty(), !bad));
        }
        return Optional.empty();
    }

    private static CheckRun read(Action action, String runner, String line, OptionalInt passed, OptionalInt failed) {
        OptionalInt passes = passed;
        OptionalInt failures = failed;
        if (runner.equals("pytest")) {
            passes = sum(PASSED.matcher(line));
            failures = OptionalInt.of(sum(FAILED.matcher(line)).orElse(0));
        } else if (runner.equals("unittest")) {
            failures = OptionalInt.of(sum(UNITTEST.matcher(action.output())).orElse(0));
            passes = OptionalInt.of(Math.max(0, passed.orElse(0) - failures.getAsInt()));
        } else if (runner.equals("maven")) {
            Matcher counts = RUNNERS.get(1).mark().matcher(line);
            if (counts.find()) {
                int bad = Integer.parseInt(counts.group(2)) + Integer.parseInt(counts.group(3));
                failures = OptionalInt.of(bad);
                passes = OptionalInt.of(Math.max(0, Integer.parseInt(counts.group(1)) - bad));
            }
        }
        boolean green = failures.isPresent()
                ? failures.getAsInt() == 0
                : !line.contains("FAIL") && !action.output().contains("\nFAIL");
        return new CheckRun(action.step(), runner, passes, failures, green);
    }

    private static OptionalInt group(Matcher matcher, int group) {
        return group == 0 || matcher.group(group) == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(matcher.group(group)));
    }

    private static OptionalInt sum(Matcher counts) {
        OptionalInt sum = OptionalInt.empty();
        while (counts.find()) {
            for (int group = 1; group <= counts.groupCount(); group++) {
                if (counts.group(group) != null) {
                    sum = OptionalInt.of(sum.orElse(0) + Integer.parseInt(counts.group(group)));
                }
            }
        }
        return sum;
    }

    /** In words: {@code pytest at step 12: 3 passed, 1 failed}. */
    String words() {
        StringBuilder words =
                new StringBuilder(runner).append(" at step ").append(step).append(": ");
        if (passed.isEmpty() && failed.isEmpty()) {
            return words.append(green ? "passes" : "fails").toString();
        }
        passed.ifPresent(count -> words.append(count).append(" passed, "));
        return words.append(failed.orElse(0)).append(" failed").toString();
    }
}
