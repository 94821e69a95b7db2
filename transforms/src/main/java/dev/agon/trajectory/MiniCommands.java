package dev.agon.trajectory;

import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of a turn: from the list in the trajectory or, in older files, from the tool calls or the fenced block. */
final class MiniCommands {

    private static final Pattern FENCED =
            Pattern.compile("```(?:mswea_bash_command|bash)[ \\t]*\\n(.*?)\\n```", Pattern.DOTALL);

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
}
