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
import java.util.OptionalDouble;

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
        Step.Builder begun = used(Step.newBuilder(), turn.get(0));
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
        Step step = begun.setNumber(number)
                .setMessage(answer.message())
                .setReasoning(answer.reasoning())
                .setToolCalls(answer.toolCalls())
                .setCommands(commands)
                .setObservation(shown.isEmpty() ? null : String.join("\n\n", shown))
                .setModelMs(0)
                .build();
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        turn.forEach(message -> messages.add(message.field().node()));
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        extra.set(MESSAGES, ColumnReferences.of(step).without(messages));
        step.setExtra(ExtraJson.text(extra));
        return step;
    }

    /** The step with the usage of its answer, from the response. Tokens of the prompt include cached ones. */
    private static Step.Builder used(Step.Builder step, MiniMessage turn) throws BadTrajectoryException {
        var response = turn.extra().get("response");
        var usage = response.node().isObject()
                ? response.get("usage")
                : turn.field().get("usage");
        OptionalDouble cost = turn.extra().get("cost").usd();
        if (cost.isEmpty()) {
            cost = usage.get("cost").usd();
        }
        boolean chat = !usage.get("prompt_tokens").isAbsent()
                || !usage.get("completion_tokens").isAbsent();
        var read = usage.get(chat ? "prompt_tokens_details" : "input_tokens_details")
                .get("cached_tokens");
        var written = usage.get("cache_creation_input_tokens");
        var output = usage.get(chat ? "completion_tokens_details" : "output_tokens_details");
        long cached = read.isAbsent() ? usage.get("cache_read_input_tokens").count() : read.count();
        long input = usage.get(chat ? "prompt_tokens" : "input_tokens").count();
        if (!chat && read.isAbsent()) {
            // Anthropic's own count does not include tokens read from and written to the cache.
            input += cached + written.count();
        }
        return step.setInputTokens(input)
                .setCachedTokens(cached)
                .setCacheWriteTokens(written.count())
                .setOutputTokens(
                        usage.get(chat ? "completion_tokens" : "output_tokens").count())
                .setReasoningTokens(output.get("reasoning_tokens").count())
                .setCostUsd(cost.orElse(0));
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
