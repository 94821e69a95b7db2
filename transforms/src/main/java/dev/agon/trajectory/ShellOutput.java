package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.schemas.CommandRun;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The result of a command, from the text that the model was shown: return code and output, where the text has them. */
final class ShellOutput {

    private static final Pattern TAGGED =
            Pattern.compile("<returncode>\\s*+(-?\\d{1,9})\\s*+</returncode>\\s*+<output>\\n?");
    /** The line with the return code that OpenHands, Claude Code, Codex and others write at the beginning or the end. */
    private static final Pattern EXIT_CODE = Pattern.compile(
            "\\A\\s*+(?:Process exited with code|Exit code:?)\\s*(-?\\d{1,9})\\s*$"
                    + "|^[^\\S\\n]*+\\[?(?:The command completed with exit code|Command finished with exit code"
                    + "|Process exited with code|Exit [Cc]ode:)\\s*(-?\\d{1,9})\\.?\\]?\\s*\\z",
            Pattern.MULTILINE);

    private static final Pattern TIMED_OUT = Pattern.compile("timed?[ _-]?out", Pattern.CASE_INSENSITIVE);
    /** Of the command that submits: the agent takes it, and the shell never sees it. */
    private static final String NOT_EXECUTED = "not executed";
    /** Characters at each end of a text in which a return code is looked for. */
    private static final int EDGE = 300;

    private ShellOutput() {}

    /** Completes a run from the text. Without a return code in the text, the code is null and the text is the output. */
    static void complete(CommandRun run, String shown) {
        JsonNode told = json(shown).orElse(null);
        if (told != null) {
            complete(run, told);
            return;
        }
        Matcher tagged = TAGGED.matcher(shown);
        int end = shown.lastIndexOf("</output>");
        if (shown.startsWith("<") && tagged.find() && tagged.end() <= end) {
            run.setReturnCode(Integer.valueOf(tagged.group(1)));
            run.setOutput(shown.substring(tagged.end(), end));
            return;
        }
        run.setOutput(shown);
        for (String edge : new String[] {head(shown), tail(shown)}) {
            Matcher code = EXIT_CODE.matcher(edge);
            if (code.find()) {
                run.setReturnCode(Integer.valueOf(code.group(1) == null ? code.group(2) : code.group(1)));
                return;
            }
        }
    }

    private static String head(String shown) {
        int line = shown.indexOf('\n');
        return shown.substring(0, Math.min(EDGE, line < 0 ? shown.length() : line));
    }

    private static String tail(String shown) {
        return shown.substring(Math.max(0, shown.length() - EDGE));
    }

    private static void complete(CommandRun run, JsonNode told) {
        String exception = told.path("exception_info").asText("");
        run.setOutput(output(told));
        // With an exception, the return code comes from the agent, not from the command.
        if (exception.isEmpty()) {
            run.setReturnCode(told.get("returncode").intValue());
        } else if (!exception.contains(NOT_EXECUTED)) {
            run.setEnded(TIMED_OUT.matcher(exception).find() ? "timed_out" : "killed");
        }
    }

    /** mini-swe-agent's observation as an object. A long output is cut in its middle. */
    private static Optional<JsonNode> json(String shown) {
        if (!shown.startsWith("{") || !shown.contains("\"returncode\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ExtraJson.parse(shown))
                    .filter(told -> told.path("returncode").isInt());
        } catch (BadTrajectoryException noJson) {
            return Optional.empty();
        }
    }

    private static String output(JsonNode told) {
        if (!told.has("output_head")) {
            return told.path("output").asText("");
        }
        return told.path("output_head").asText("") + "\n["
                + told.path("elided_chars").asText("?") + " characters left out]\n"
                + told.path("output_tail").asText("");
    }
}
