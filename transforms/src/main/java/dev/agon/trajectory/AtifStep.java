package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.ColumnText;
import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** A step of an agent in strict ATIF as a row's, and back. */
final class AtifStep {

    private static final String STEP = "step";
    private static final String CALLS = "tool_calls";
    private static final String ARGUMENTS = "arguments";

    private AtifStep() {}

    /** @param number among the steps of the agent, from 1 */
    static Step read(ObjectNode tree, int number) throws BadTrajectoryException {
        var field = Field.of(tree, BadTrajectoryException::new);
        var metrics = field.get("metrics");
        var more = metrics.get("extra");
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : tree.path(CALLS)) {
            calls.add(new ToolCall(
                    ColumnText.valid(call.get("tool_call_id").textValue()),
                    ColumnText.valid(call.get("function_name").textValue()),
                    ColumnText.valid(ExtraJson.text(call.get(ARGUMENTS)))));
        }
        List<String> shown = new ArrayList<>();
        for (var result : field.get("observation").get("results").elements()) {
            shown.add(MessageText.of(result.get("content")));
        }
        List<CommandRun> commands = AtifCommands.of(tree, shown);
        shown.removeIf(String::isEmpty);
        Step step = Step.newBuilder()
                .setNumber(number)
                .setMessage(MessageText.of(field.get("message")))
                .setReasoning(field.get("reasoning_content").textOr(null))
                .setToolCalls(calls)
                .setCommands(commands)
                .setObservation(shown.isEmpty() ? null : String.join("\n\n", shown))
                .setInputTokens(metrics.get("prompt_tokens").count())
                .setCachedTokens(metrics.get("cached_tokens").count())
                .setOutputTokens(metrics.get("completion_tokens").count())
                .setCacheWriteTokens(AtifTotals.told(more, "cache_creation_input_tokens"))
                .setReasoningTokens(AtifTotals.told(more, "reasoning_tokens"))
                .setCostUsd(metrics.get("cost_usd").usd().orElse(0))
                .setModelMs(0)
                .build();
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        extra.set(STEP, ColumnReferences.of(step).without(withArguments(tree, true)));
        step.setExtra(ExtraJson.text(extra));
        return step;
    }

    /** The tree that the step was read from. */
    static ObjectNode tree(Step step) throws BadTrajectoryException {
        JsonNode kept = Field.of(ExtraJson.parse(step.getExtra()), BadTrajectoryException::new)
                .get(STEP)
                .presentObject()
                .node();
        return withArguments((ObjectNode) ColumnReferences.of(step).with(kept), false);
    }

    /** A column has the arguments of a call as text; while the tree has them as the same text, it need not have them at all. */
    private static ObjectNode withArguments(ObjectNode tree, boolean asText) throws BadTrajectoryException {
        if (!tree.path(CALLS).isArray()) {
            return tree;
        }
        ObjectNode other = JsonNodeFactory.instance.objectNode();
        other.setAll(tree);
        var calls = other.putArray(CALLS);
        for (JsonNode call : tree.get(CALLS)) {
            JsonNode arguments = call.get(ARGUMENTS);
            ObjectNode copy = calls.addObject();
            copy.setAll((ObjectNode) call);
            copy.set(
                    ARGUMENTS,
                    asText
                            ? JsonNodeFactory.instance.textNode(ExtraJson.text(arguments))
                            : ExtraJson.parse(arguments.textValue()));
        }
        return other;
    }
}
