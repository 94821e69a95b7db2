package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a step in ATIF from a step of a row. Commands of the text protocol become calls of a tool {@code bash}. */
final class AtifMadeStep {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AtifMadeStep() {}

    static ObjectNode of(Step step, int stepId) {
        ObjectNode tree =
                JSON.objectNode().put("step_id", stepId).put("source", "agent").put("message", step.getMessage());
        if (step.getReasoning() != null) {
            tree.put("reasoning_content", step.getReasoning());
        }
        ArrayNode calls = JSON.arrayNode();
        ArrayNode results = JSON.arrayNode();
        Map<CommandRun, String> ids = calls(step, calls);
        results(step, ids, results);
        if (!calls.isEmpty()) {
            tree.set("tool_calls", calls);
        }
        if (!results.isEmpty()) {
            tree.putObject("observation").set("results", results);
        }
        tree.set("metrics", metrics(step));
        if (step.getProviderState() != null) {
            tree.putObject("extra").put("provider_state", step.getProviderState());
        }
        return tree;
    }

    /** Adds the calls; gives the id of the call of each command. */
    private static Map<CommandRun, String> calls(Step step, ArrayNode calls) {
        Set<String> known = new HashSet<>();
        for (ToolCall call : step.getToolCalls()) {
            known.add(call.getId());
            calls.addObject()
                    .put("tool_call_id", call.getId())
                    .put("function_name", call.getName())
                    .set("arguments", arguments(call.getArguments()));
        }
        Map<CommandRun, String> ids = new IdentityHashMap<>();
        for (CommandRun run : step.getCommands()) {
            String id = run.getToolCallId();
            if (id == null || !known.contains(id)) {
                id = "call_" + (calls.size() + 1);
                ObjectNode call = calls.addObject().put("tool_call_id", id).put("function_name", "bash");
                call.putObject("arguments").put("command", run.getCommand());
            }
            ids.put(run, id);
        }
        return ids;
    }

    /** The arguments of a call. They are an object only if the model wrote valid JSON. */
    private static JsonNode arguments(String written) {
        try {
            JsonNode parsed = ExtraJson.parse(written);
            if (parsed.isObject()) {
                return parsed;
            }
        } catch (BadTrajectoryException noJson) {
            // Then it is kept as text.
        }
        return JSON.objectNode().put("arguments", written);
    }

    private static void results(Step step, Map<CommandRun, String> ids, ArrayNode results) {
        List<CommandRun> commands = step.getCommands();
        boolean shown = false;
        for (CommandRun run : commands) {
            ObjectNode result = results.addObject().put("source_call_id", ids.get(run));
            String text = run.getObservation();
            if (text == null && commands.size() == 1 && step.getToolCalls().size() <= 1) {
                text = step.getObservation();
            }
            shown |= text != null;
            result.put("content", text == null ? run.getOutput() : text);
            result.set("extra", outcome(run, text));
        }
        if (!shown && step.getObservation() != null) {
            results.addObject().put("content", step.getObservation());
        }
    }

    private static ObjectNode outcome(CommandRun run, String shown) {
        ObjectNode outcome = JSON.objectNode();
        if (run.getReturnCode() != null) {
            outcome.put("return_code", run.getReturnCode());
        }
        outcome.put("ended", run.getEnded()).put("duration_ms", run.getDurationMs());
        // The model may have seen a cut and escaped form of the output.
        if (shown != null && !shown.contains(run.getOutput())) {
            outcome.put("output", run.getOutput());
        }
        return outcome;
    }

    private static ObjectNode metrics(Step step) {
        ObjectNode metrics = JSON.objectNode()
                .put("prompt_tokens", step.getInputTokens())
                .put("completion_tokens", step.getOutputTokens())
                .put("cached_tokens", step.getCachedTokens())
                .put("cost_usd", step.getCostUsd());
        metrics.putObject("extra")
                .put("reasoning_tokens", step.getReasoningTokens())
                .put("cache_creation_input_tokens", step.getCacheWriteTokens())
                .put("model_ms", step.getModelMs())
                .put("usage_estimated", step.getUsageEstimated());
        return metrics;
    }
}
