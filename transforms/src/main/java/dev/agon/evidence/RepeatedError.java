package dev.agon.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error line that most commands of a rollout printed.
 *
 * @param line the line, cut
 * @param times number of commands that printed it, 2 or more
 */
record RepeatedError(String line, int times) {

    private static final int MOST_CHARACTERS = 120;
    private static final Words WORDS = new Words(
            List.of("Error", "Exception", "error:", "fatal:", "not found", "No such file", "Permission denied"));
    private static final Pattern ERROR = Pattern.compile(
            "\\b(?:[A-Z]\\w*(?:Error|Exception)\\b|error:|fatal:|command not found|No such file|Permission denied)");
    private static final Pattern NUMBERS = Pattern.compile("0x[0-9a-fA-F]+|\\d+");

    /** The most frequent error, and the earliest of equals. Lines that differ only in numbers are the same error. */
    static Optional<RepeatedError> in(List<Action> actions) {
        Map<String, Integer> times = new HashMap<>();
        RepeatedError most = new RepeatedError("", 1);
        for (Action action : actions) {
            String output = action.output();
            if (WORDS.in(output).isEmpty()) {
                continue;
            }
            Set<String> ofThis = new HashSet<>();
            Matcher error = ERROR.matcher(output);
            // Whatever else its line has is the same error.
            for (int from = 0; from < output.length() && error.find(from); from = endOfLine(output, error.start())) {
                String line = TerminalText.line(lineAt(output, error.start()), MOST_CHARACTERS);
                String kind = NUMBERS.matcher(line).replaceAll("N");
                if (ofThis.add(kind) && times.merge(kind, 1, Integer::sum) > most.times()) {
                    most = new RepeatedError(line, times.get(kind));
                }
            }
        }
        return most.times() > 1 ? Optional.of(most) : Optional.empty();
    }

    private static String lineAt(String text, int position) {
        return text.substring(text.lastIndexOf('\n', position) + 1, endOfLine(text, position));
    }

    private static int endOfLine(String text, int position) {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end;
    }

    String words() {
        return times + " commands printed \"" + line + "\"";
    }
}
