package dev.agon.agent;

import dev.agon.sandbox.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** mini-swe-agent's text protocol: commands stand in fences, and a command that prints the sentinel submits. */
final class TextProtocol {

    private static final Set<String> SENTINELS =
            Set.of("COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT", "MINI_SWE_AGENT_FINAL_OUTPUT");
    /** Where Python's {@code splitlines} ends a line. */
    private static final Pattern LINE_END = Pattern.compile("\\R|[\\x1c-\\x1e]");

    private TextProtocol() {}

    /** The commands in a message, stripped, in order. */
    static List<String> commands(Pattern action, String message) {
        List<String> commands = new ArrayList<>();
        Matcher matcher = action.matcher(message);
        while (matcher.find()) {
            commands.add(matcher.group(matcher.groupCount()).strip());
        }
        return commands;
    }

    /** What was printed after the sentinel, when the command succeeded and its first line is the sentinel. */
    static Optional<String> submission(CommandResult result) {
        if (result.returnCode().isEmpty() || result.returnCode().getAsInt() != 0) {
            return Optional.empty();
        }
        String output = result.output().stripLeading();
        Matcher end = LINE_END.matcher(output);
        boolean oneLine = !end.find();
        String first = oneLine ? output : output.substring(0, end.start());
        if (!SENTINELS.contains(first.strip())) {
            return Optional.empty();
        }
        return Optional.of(oneLine ? "" : output.substring(end.end()));
    }
}
