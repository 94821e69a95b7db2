package dev.agon.trajectory;

import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a turn: from the list in the trajectory or, in older files, from the tool calls or the fenced block. Each is completed
 * from the fields of its observation or, in older files, from the text that the model was shown.
 */
final class MiniCommands {

    private static final Pattern FENCED =
            Pattern.compile("```(?:mswea_bash_command|bash)[ \\t]*\\n(.*?)\\n```", Pattern.DOTALL);

    private static final Pattern RETURN_CODE = Pattern.compile("<returncode>\\s*(-?\\d{1,9})\\s*</returncode>");
    private static final Pattern OUTPUT = Pattern.compile("<output>\\n?(.*)</output>", Pattern.DOTALL);
    private static final Pattern CUT_OUTPUT = Pattern.compile(
            "<output_head>\\n?(.*)</output_head>(.*)<output_tail>\\n?(.*)</output_tail>", Pattern.DOTALL);
    private static final Pattern TIMED_OUT = Pattern.compile("timed?[ _-]?out", Pattern.CASE_INSENSITIVE);

    private MiniCommands() {}

    /** The commands, without their outputs. */
    static List<CommandRun> of(MiniMessage turn, MiniAnswer answer) throws BadTrajectoryException {
        List<CommandRun> commands = new ArrayList<>();
        var actions = turn.extra().get("actions");
        if (turn.kind() == MiniMessage.Kind.REJECTED) {
            return commands;
        }
        if (!actions.isAbsent()) {
            for (var action : actions.elements()) {
                var command = action.node().isTextual()
                        ? action
                        : action.get(action.node().has("command") ? "command" : "action");
                String id = action.node().isTextual()
                        ? null
                        : action.get("tool_call_id").textOr(null);
                commands.add(notRun(command.presentText("a command"), id));
            }
            return commands;
        }
        for (ToolCall call : answer.toolCalls()) {
            String command = argument(call);
            if (command != null) {
                commands.add(notRun(command, call.getId()));
            }
        }
        if (answer.toolCalls().isEmpty()) {
            List<String> fenced = FENCED.matcher(answer.message())
                    .results()
                    .map(found -> found.group(1).strip())
                    .toList();
            if (fenced.size() == 1) {
                commands.add(notRun(fenced.get(0), null));
            }
        }
        return commands;
    }

    /** The command of a call. Wrong arguments were never run: they are a mistake of the model, not of the file. */
    private static String argument(ToolCall call) {
        try {
            return Field.of(ExtraJson.parse(call.getArguments()), BadTrajectoryException::new)
                    .get("command")
                    .textOr(null);
        } catch (BadTrajectoryException e) {
            return null;
        }
    }

    private static CommandRun notRun(String command, String toolCallId) {
        return CommandRun.newBuilder()
                .setCommand(command)
                .setToolCallId(toolCallId)
                .setOutput("")
                .setEnded("killed")
                .setDurationMs(0)
                .build();
    }

    /** Whether a message has the result of a command. A complaint about the format of an answer has none. */
    static boolean tells(MiniMessage message) throws BadTrajectoryException {
        return message.kind() == MiniMessage.Kind.TOOL
                || !message.extra().get("raw_output").isAbsent()
                || message.kind() == MiniMessage.Kind.USER
                        && message.extra().get("interrupt_type").isAbsent();
    }

    /** Completes a command with the result in the message. */
    static void complete(CommandRun run, MiniMessage message) throws BadTrajectoryException {
        var raw = message.extra().get("raw_output");
        String shown = message.text();
        if (message.kind() == MiniMessage.Kind.TOOL) {
            run.setObservation(shown);
        }
        if (!raw.isAbsent() || !message.extra().get("returncode").isAbsent()) {
            run.setOutput(raw.textOr(""));
            String exception = message.extra().get("exception_info").textOr("");
            Integer returnCode = returnCode(message.extra().get("returncode"));
            // The return code of an exception comes from the agent, not from the command.
            run.setReturnCode(exception.isEmpty() ? returnCode : null);
            run.setEnded(
                    exception.isEmpty()
                            ? "exited"
                            : TIMED_OUT.matcher(exception).find() ? "timed_out" : "killed");
            return;
        }
        Matcher returnCode = RETURN_CODE.matcher(shown);
        boolean returned = returnCode.find();
        run.setReturnCode(returned ? Integer.valueOf(returnCode.group(1)) : null);
        run.setEnded(!returned && TIMED_OUT.matcher(shown).find() ? "timed_out" : "exited");
        run.setOutput(output(shown));
    }

    private static String output(String shown) {
        Matcher whole = OUTPUT.matcher(shown);
        if (whole.find()) {
            return whole.group(1);
        }
        Matcher cut = CUT_OUTPUT.matcher(shown);
        return cut.find() ? cut.group(1) + cut.group(2) + cut.group(3) : shown;
    }

    private static Integer returnCode(Field<BadTrajectoryException> field) throws BadTrajectoryException {
        if (field.isAbsent()) {
            return null;
        }
        double code = field.number().getAsDouble();
        if (code != (int) code) {
            throw field.wrong("a return code");
        }
        return (int) code;
    }
}
