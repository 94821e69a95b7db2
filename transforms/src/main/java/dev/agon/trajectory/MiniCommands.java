package dev.agon.trajectory;

import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a turn: from the list in the trajectory or, in older files, from the tool calls or the fenced block. Each is completed
 * from the fields of its observation or, in older files, from the text that the model was shown.
 */
final class MiniCommands {

    private static final Pattern FENCED =
            Pattern.compile("```(?:mswea_bash_command|bash)[ \\t]*+\\n(.*?)(?:\\n```|(\\z))", Pattern.DOTALL);

    private static final Pattern RETURN_CODE = Pattern.compile("<returncode>\\s*(-?\\d{1,9})\\s*</returncode>");
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
                    .filter(found -> found.group(2) == null)
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
        int end = shown.lastIndexOf("</output>");
        int tailEnd = shown.lastIndexOf("</output_tail>");
        int tail = shown.lastIndexOf("<output_tail>", tailEnd);
        int headEnd = shown.lastIndexOf("</output_head>", tail);
        Optional<String> cut = within(shown, "<output_head>", headEnd);
        return within(shown, "<output>", end)
                .or(() -> cut.map(head -> head
                        + shown.substring(headEnd + "</output_head>".length(), tail)
                        + within(shown.substring(tail, tailEnd), "<output_tail>", tailEnd - tail)
                                .orElseThrow()))
                .orElse(shown);
    }

    /** The text from the first such tag, and its line break, to the place where it ends; empty without the tag before it. */
    private static Optional<String> within(String text, String tag, int end) {
        int start = text.indexOf(tag);
        if (start < 0 || start + tag.length() > end) {
            return Optional.empty();
        }
        String found = text.substring(start + tag.length(), end);
        return Optional.of(found.startsWith("\n") ? found.substring(1) : found);
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
