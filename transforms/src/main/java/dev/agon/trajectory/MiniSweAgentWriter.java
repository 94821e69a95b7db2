package dev.agon.trajectory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.List;

/**
 * Writes rollouts as trajectories of mini-swe-agent. A rollout that was read from one becomes the same document, in the same version. Any
 * other becomes {@code mini-swe-agent-1.1}: in the protocol of tool calls when its steps call tools, otherwise in the text protocol.
 */
public final class MiniSweAgentWriter implements TrajectoryWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public String format() {
        return MiniSweAgentFormat.NAME;
    }

    @Override
    public String ending() {
        return ".traj.json";
    }

    @Override
    public ObjectNode asRead(Rollout rollout, Field<BadTrajectoryException> kept) throws BadTrajectoryException {
        ColumnReferences columns = MiniRollout.columns(rollout);
        ObjectNode document =
                (ObjectNode) columns.with(kept.get("document").presentObject().node());
        ArrayNode messages = JSON.arrayNode();
        kept.get("messages").presentElements().forEach(message -> messages.add(columns.with(message.node())));
        for (Step step : rollout.getSteps()) {
            messages.addAll(MiniStep.messages(step));
        }
        document.set("messages", messages);
        return document;
    }

    @Override
    public ObjectNode made(Rollout rollout, String statement) {
        ObjectNode document = JSON.objectNode();
        ObjectNode info = document.putObject("info");
        ObjectNode stats = info.putObject("model_stats")
                .put("instance_cost", rollout.getCostUsd())
                .put("api_calls", rollout.getModelCalls());
        // Other formats may know the tokens of the whole attempt alone. The names are SWE-agent's, or like them.
        stats.put("tokens_sent", rollout.getInputTokens())
                .put("tokens_received", rollout.getOutputTokens())
                .put("tokens_cached", rollout.getCachedTokens())
                .put("tokens_cache_write", rollout.getCacheWriteTokens())
                .put("tokens_reasoning", rollout.getReasoningTokens());
        ObjectNode config = info.putObject("config");
        config.putObject("agent");
        config.putObject("model").put("model_name", rollout.getModel());
        config.putObject("environment");
        info.put("exit_status", rollout.getExitStatus()).put("submission", rollout.getSubmission());
        ArrayNode messages = document.putArray("messages");
        messages.addObject().put("role", "system").put("content", rollout.getSystemPrompt());
        messages.addObject().put("role", "user").put("content", rollout.getTaskPrompt());
        rollout.getSteps().forEach(step -> turn(step, messages));
        messages.addObject()
                .put("role", "exit")
                .put("content", rollout.getFinalOutput() == null ? rollout.getExitStatus() : rollout.getFinalOutput())
                .putObject("extra")
                .put("exit_status", rollout.getExitStatus())
                .put("submission", rollout.getSubmission());
        document.put("trajectory_format", "mini-swe-agent-1.1");
        document.put("instance_id", rollout.getTaskId());
        return document;
    }

    private static void turn(Step step, ArrayNode messages) {
        ObjectNode answer = messages.addObject().put("role", "assistant").put("content", step.getMessage());
        if (step.getReasoning() != null) {
            answer.put("reasoning_content", step.getReasoning());
        }
        if (!step.getToolCalls().isEmpty()) {
            ArrayNode calls = answer.putArray("tool_calls");
            step.getToolCalls().forEach(call -> calls.add(call(call)));
        }
        ObjectNode extra = answer.putObject("extra");
        ArrayNode actions = extra.putArray("actions");
        for (CommandRun command : step.getCommands()) {
            ObjectNode action = actions.addObject().put("command", command.getCommand());
            if (command.getToolCallId() != null) {
                action.put("tool_call_id", command.getToolCallId());
            }
        }
        extra.set("response", JSON.objectNode().set("usage", usage(step)));
        extra.put("cost", step.getCostUsd());
        observations(step, messages);
    }

    /** The results of tools one by one, as the model was shown them; in the text protocol one text. */
    private static void observations(Step step, ArrayNode messages) {
        List<CommandRun> commands = step.getCommands();
        boolean single = false;
        for (ToolCall call : step.getToolCalls()) {
            CommandRun run = commands.stream()
                    .filter(command -> call.getId().equals(command.getToolCallId()))
                    .findFirst()
                    .orElse(null);
            String shown = run == null || run.getObservation() == null ? step.getObservation() : run.getObservation();
            if (shown != null) {
                ObjectNode result = messages.addObject().put("role", "tool").put("content", shown);
                result.put("tool_call_id", call.getId());
                if (run != null) {
                    result.set("extra", outcome(run));
                }
                single = true;
            }
        }
        if (!single && step.getObservation() != null) {
            ObjectNode shown = messages.addObject().put("role", "user").put("content", step.getObservation());
            if (commands.size() == 1) {
                shown.set("extra", outcome(commands.get(0)));
            } else if (commands.isEmpty()) {
                shown.putObject("extra").put("interrupt_type", "FormatError");
            }
        }
    }

    private static ObjectNode outcome(CommandRun run) {
        ObjectNode outcome = JSON.objectNode().put("raw_output", run.getOutput());
        if (run.getReturnCode() == null) {
            outcome.putNull("returncode").put("exception_info", "the command was ended: " + run.getEnded());
        } else {
            outcome.put("returncode", run.getReturnCode());
        }
        return outcome;
    }

    private static ObjectNode call(ToolCall call) {
        ObjectNode node = JSON.objectNode().put("id", call.getId()).put("type", "function");
        node.putObject("function").put("name", call.getName()).put("arguments", call.getArguments());
        return node;
    }

    private static ObjectNode usage(Step step) {
        ObjectNode usage = JSON.objectNode()
                .put("prompt_tokens", step.getInputTokens())
                .put("completion_tokens", step.getOutputTokens())
                .put("total_tokens", step.getInputTokens() + step.getOutputTokens())
                .put("cache_creation_input_tokens", step.getCacheWriteTokens());
        usage.putObject("prompt_tokens_details").put("cached_tokens", step.getCachedTokens());
        usage.putObject("completion_tokens_details").put("reasoning_tokens", step.getReasoningTokens());
        return usage;
    }
}
