package dev.agon.evidence;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One action of an agent and the output that it saw: a shell command, or the call of another tool.
 *
 * @param step number of the step, from 1
 * @param tool name of the tool; {@code bash} for commands
 * @param text the command, or the tool's arguments as JSON
 * @param output the output, as {@link TerminalText#plain}
 * @param returnCode the return code, where it is known
 * @param cutOff whether a time limit stopped it
 */
record Action(int step, String tool, String text, String output, OptionalInt returnCode, boolean cutOff) {

    private static final int MOST_CHARACTERS_OF_A_COMMAND = 200_000;
    /** Characters at each end of an observation. Templates write there how a command ended. */
    private static final int MOST_CHARACTERS_OF_A_NOTE = 1_000;

    private static final Pattern RETURN_CODE =
            Pattern.compile("(?:<returncode>\\s*|\"returncode\"\\s*:\\s*|[Ee]xit code:?\\s+)(-?\\d{1,4})\\b");
    private static final Pattern CUT_OFF =
            Pattern.compile("timed out after|TimeoutExpired|[Cc]ommand timed out|\\(timeout\\)");

    /** All actions of a rollout, in order, without their outputs. */
    static List<Action> blind(Rollout rollout) {
        List<Action> actions = new ArrayList<>();
        for (Step step : rollout.getSteps()) {
            step.getCommands().forEach(run -> actions.add(blind(step, "bash", run.getCommand())));
            if (step.getCommands().isEmpty()) {
                step.getToolCalls().forEach(call -> actions.add(blind(step, call.getName(), call.getArguments())));
            }
        }
        return actions;
    }

    private static Action blind(Step step, String tool, String text) {
        return new Action(step.getNumber(), tool, bounded(text), "", OptionalInt.empty(), false);
    }

    private static String bounded(String text) {
        return text.length() <= MOST_CHARACTERS_OF_A_COMMAND ? text : text.substring(0, MOST_CHARACTERS_OF_A_COMMAND);
    }

    /** All actions of a rollout, in order. */
    static List<Action> of(Rollout rollout) {
        List<Action> actions = new ArrayList<>();
        for (Step step : rollout.getSteps()) {
            for (CommandRun run : step.getCommands()) {
                // In the text protocol the observation belongs to the step. It has the words of the template.
                String shown = run.getObservation() != null
                        ? run.getObservation()
                        : step.getObservation() == null ? "" : step.getObservation();
                actions.add(of(
                        step.getNumber(),
                        "bash",
                        run.getCommand(),
                        run.getOutput(),
                        shown,
                        run.getReturnCode(),
                        run.getEnded().equals("timed_out")));
            }
            if (step.getCommands().isEmpty() && !step.getToolCalls().isEmpty()) {
                String shown = step.getObservation() == null ? "" : step.getObservation();
                for (ToolCall call : step.getToolCalls()) {
                    actions.add(of(step.getNumber(), call.getName(), call.getArguments(), shown, shown, null, false));
                    shown = "";
                }
            }
        }
        return actions;
    }

    private static Action of(
            int step, String tool, String text, String output, String shown, Integer returnCode, boolean timedOut) {
        String told = shown.length() <= 2 * MOST_CHARACTERS_OF_A_NOTE
                ? shown
                : shown.substring(0, MOST_CHARACTERS_OF_A_NOTE) + "\n"
                        + TerminalText.end(shown, MOST_CHARACTERS_OF_A_NOTE);
        Matcher code = RETURN_CODE.matcher(told);
        OptionalInt known = returnCode != null
                ? OptionalInt.of(returnCode)
                : code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
        return new Action(
                step,
                tool,
                bounded(text),
                TerminalText.plain(unescaped(output.isEmpty() ? shown : output)),
                known,
                timedOut
                        || (known.isEmpty() || known.getAsInt() < 0)
                                && CUT_OFF.matcher(told).find());
    }

    /** The output with its line breaks. Some harnesses show an output as a JSON string on one line. */
    private static String unescaped(String output) {
        return output.startsWith("{") && output.contains("\"output\"")
                ? output.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"")
                : output;
    }

    boolean failed() {
        return cutOff || returnCode.orElse(0) != 0;
    }
}
