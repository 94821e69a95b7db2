package dev.agon.trajectory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes rollouts as strict ATIF 1.7: only with fields of the format, and with models, tools and metrics on steps of the agent only.
 *
 * <p>A rollout that was read from ATIF becomes its document again, in version 1.7. Fields that are not in the format are in the nearest
 * {@code extra}. Continuations follow the steps that they continue. Sub-agents of other files are in {@code subagent_trajectories}. Any
 * other rollout becomes a document of its columns, with task, attempt, exit status and submission in {@code extra}.
 */
public final class AtifWriter implements TrajectoryWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public String format() {
        return AtifFormat.NAME;
    }

    @Override
    public String ending() {
        return ".atif.json";
    }

    @Override
    public Optional<String> folder(Rollout rollout) {
        return Optional.of(TrajectoryWriter.fileName(rollout.getTaskId()));
    }

    /** The format has no field for it. */
    @Override
    public void nameTask(ObjectNode document, Rollout rollout) {
        if (!document.path("extra").has("task_id")) {
            document.withObject("/extra").put("task_id", rollout.getTaskId());
        }
    }

    @Override
    public ObjectNode asRead(Rollout rollout, Field<BadTrajectoryException> kept) throws BadTrajectoryException {
        return AtifRollout.document(rollout, kept);
    }

    @Override
    public ObjectNode made(Rollout rollout, String statement) {
        ObjectNode document = JSON.objectNode().put("schema_version", AtifSchema.VERSION);
        document.put("session_id", TrajectoryWriter.name(rollout));
        document.putObject("agent")
                .put("name", agent(rollout))
                .put("version", "unknown")
                .put("model_name", rollout.getModel());
        ArrayNode steps = document.putArray("steps");
        if (!rollout.getSystemPrompt().isEmpty()) {
            opening(steps, "system", rollout.getSystemPrompt());
        }
        String task = rollout.getTaskPrompt().isEmpty() ? statement : rollout.getTaskPrompt();
        if (!task.isEmpty() || steps.isEmpty()) {
            ObjectNode told = opening(steps, "user", task);
            if (!rollout.getStartedAt().equals(Instant.EPOCH)) {
                told.put("timestamp", rollout.getStartedAt().toString());
            }
        }
        for (Step step : rollout.getSteps()) {
            steps.add(AtifMadeStep.of(step, steps.size() + 1));
        }
        document.set("final_metrics", totals(rollout, steps.size()));
        ObjectNode extra = document.putObject("extra")
                .put("task_id", rollout.getTaskId())
                .put("outcome", rollout.getOutcome())
                .put("exit_status", rollout.getExitStatus())
                .put("submission", rollout.getSubmission())
                .put("duration_ms", rollout.getDurationMs());
        if (rollout.getTrial() != null) {
            extra.put("trial", rollout.getTrial());
        }
        if (rollout.getFinalOutput() != null) {
            extra.put("final_output", rollout.getFinalOutput());
        }
        return document;
    }

    private static ObjectNode opening(ArrayNode steps, String source, String message) {
        return steps.addObject()
                .put("step_id", steps.size())
                .put("source", source)
                .put("message", message);
    }

    /** The format that a rollout was read from is called after its agent. */
    private static String agent(Rollout rollout) {
        String source = rollout.getSource();
        return source == null || !source.contains(":") ? "agon" : source.substring(0, source.indexOf(':'));
    }

    private static ObjectNode totals(Rollout rollout, int steps) {
        ObjectNode totals = JSON.objectNode()
                .put("total_prompt_tokens", rollout.getInputTokens())
                .put("total_completion_tokens", rollout.getOutputTokens())
                .put("total_cached_tokens", rollout.getCachedTokens())
                .put("total_cost_usd", rollout.getCostUsd())
                .put("total_steps", steps);
        totals.putObject("extra")
                .put("total_reasoning_tokens", rollout.getReasoningTokens())
                .put("total_cache_creation_input_tokens", rollout.getCacheWriteTokens())
                .put("model_calls", rollout.getModelCalls());
        return totals;
    }
}
