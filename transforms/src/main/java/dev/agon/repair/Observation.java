package dev.agon.repair;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The result of one command, read from an observation in the form of mini-swe-agent's templates.
 *
 * @param returnCode the return code, where the observation has one
 * @param output the command's output; the whole text when the output is not marked
 * @param ended whether something ended the command from outside, such as a time limit
 */
record Observation(OptionalInt returnCode, String output, boolean ended) {

    private static final Pattern RETURN_CODE =
            Pattern.compile("<returncode>\\s*(-?\\d{1,9})\\s*</returncode>|\"returncode\"\\s*:\\s*(-?\\d{1,9})\\b");
    private static final String OPEN = "<output>";
    private static final String CLOSE = "</output>";

    static Observation parse(String text) {
        Matcher code = RETURN_CODE.matcher(text);
        OptionalInt returnCode = code.find()
                ? OptionalInt.of(Integer.parseInt(code.group(1) != null ? code.group(1) : code.group(2)))
                : OptionalInt.empty();
        boolean ended = text.contains("<exception>") || text.contains("timed out");
        int open = text.indexOf(OPEN);
        int close = text.lastIndexOf(CLOSE);
        if (open < 0 || close < open) {
            return new Observation(returnCode, text, ended);
        }
        String output = text.substring(open + OPEN.length(), close);
        return new Observation(returnCode, output.startsWith("\n") ? output.substring(1) : output, ended);
    }

    boolean succeeded() {
        return returnCode.orElse(-1) == 0 && !ended;
    }
}
