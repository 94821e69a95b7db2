package dev.agon.trajectory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One turn of a mini-swe-agent trajectory as a step, and its messages back. A turn is an answer and the messages up to the next answer. */
final class MiniStep {

    private static final String MESSAGES = "messages";

    private MiniStep() {}

    /**
     * @param number of the step, from 1
     * @param turn the answer first
     * @param exit the end, from the last message; null in all steps but the last
     */
    static Step read(int number, List<MiniMessage> turn, MiniMessage exit) throws BadTrajectoryException {
        MiniAnswer answer = MiniAnswer.of(turn.get(0));
        MiniUsage usage = MiniUsage.of(turn.get(0));
        List<CommandRun> commands = MiniCommands.of(turn.get(0), answer);
        List<String> shown = new ArrayList<>();
        int next = 0;
        for (MiniMessage message : turn.subList(1, turn.size())) {
            if (message == exit) {
                continue;
            }
            shown.add(message.text());
            if (next < commands.size() && MiniCommands.tells(message)) {
                CommandRun run = own(message, commands, next);
                MiniCommands.complete(run, message);
                next++;
            }
        }
        if (turn.get(0).kind() == MiniMessage.Kind.REJECTED) {
            shown.add(0, turn.get(0).text());
        }
        if (exit != null && next < commands.size()) {
            // The command that ended the attempt has no observation. The exit message has its output.
            CommandRun last = commands.get(next);
            last.setOutput(exit.text());
            last.setEnded("exited");
        }
        shown.removeIf(String::isEmpty);
        Step step = Step.newBuilder()
                .setNumber(number)
                .setMessage(answer.message())
                .setReasoning(answer.reasoning())
                .setToolCalls(answer.toolCalls())
                .setCommands(commands)
                .setObservation(shown.isEmpty() ? null : String.join("\n\n", shown))
                .setInputTokens(usage.input())
                .setCachedTokens(usage.cached())
                .setCacheWriteTokens(usage.cacheWritten())
                .setOutputTokens(usage.output())
                .setReasoningTokens(usage.reasoning())
                .setCostUsd(usage.costUsd().orElse(0))
                .setModelMs(0)
                .build();
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        turn.forEach(message -> messages.add(message.field().node()));
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        extra.set(MESSAGES, ColumnReferences.of(step).without(messages));
        step.setExtra(ExtraJson.text(extra));
        return step;
    }

    /** The messages that the step was read from. */
    static ArrayNode messages(Step step) throws BadTrajectoryException {
        var kept = Field.of(ExtraJson.parse(step.getExtra()), BadTrajectoryException::new)
                .get(MESSAGES);
        kept.presentElements();
        return (ArrayNode) ColumnReferences.of(step).with(kept.node());
    }

    /** Observations of parallel calls name their call. The others are in the order of the commands. */
    private static CommandRun own(MiniMessage message, List<CommandRun> commands, int next)
            throws BadTrajectoryException {
        var field = message.field();
        String id = field.get(field.get("call_id").isAbsent() ? "tool_call_id" : "call_id")
                .textOr(null);
        return commands.stream()
                .filter(command -> id != null && Objects.equals(id, command.getToolCallId()))
                .findFirst()
                .orElse(commands.get(next));
    }
}
