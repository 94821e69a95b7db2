package dev.agon.agent;

import dev.agon.schemas.CommandRun;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** mini-swe-agent's way to submit: a command that succeeds and whose first line of output is the sentinel. */
final class Submission {

    private static final Set<String> SENTINELS =
            Set.of("COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT", "MINI_SWE_AGENT_FINAL_OUTPUT");
    /** Where Python's {@code splitlines} ends a line. */
    private static final Pattern LINE_END = Pattern.compile("\\R|[\\x1c-\\x1e]");

    private Submission() {}

    /** What was printed after the sentinel; empty when the command did not submit. */
    static Optional<String> of(CommandRun run) {
        if (run.getReturnCode() == null || run.getReturnCode() != 0) {
            return Optional.empty();
        }
        String output = run.getOutput().stripLeading();
        Matcher end = LINE_END.matcher(output);
        boolean oneLine = !end.find();
        String first = oneLine ? output : output.substring(0, end.start());
        if (!SENTINELS.contains(first.strip())) {
            return Optional.empty();
        }
        return Optional.of(oneLine ? "" : output.substring(end.end()));
    }
}
