package dev.agon.pipelines.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.pipelines.output.Version;
import dev.agon.schemas.Grade;
import dev.agon.schemas.Rollout;
import java.time.Instant;
import java.util.Optional;

/**
 * A rollout in the form of {@code result.json}, which Harbor writes for each trial. In: the rollout and its grade, which may be used
 * since the run is finished. Out: agent, task, ending, usage and rewards. Unknown times are null. A rollout that did not submit has
 * the reason as its exception.
 */
final class HarborResult {

    private HarborResult() {}

    static JsonNode of(Rollout rollout, Optional<Grade> grade) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("id", rollout.getRolloutId());
        result.put("task_name", rollout.getTaskId());
        result.put("trial_name", rollout.getTrial() == null ? rollout.getRolloutId() : rollout.getTrial());
        result.put("source", rollout.getSource());
        result.set("agent_info", agent(rollout));
        result.set("agent_result", used(rollout));
        if (grade.isPresent()) {
            result.putObject("verifier_result")
                    .putObject("rewards")
                    .put("reward", grade.get().getReward());
        } else {
            result.putNull("verifier_result");
        }
        if (rollout.getOutcome().equals("submitted")) {
            result.putNull("exception_info");
        } else {
            result.putObject("exception_info")
                    .put("exception_type", rollout.getExitStatus().isEmpty() ? "Unfinished" : rollout.getExitStatus())
                    .put("exception_message", "the rollout ended with " + rollout.getOutcome())
                    .put("exception_traceback", "")
                    .put("occurred_at", end(rollout));
        }
        result.put("started_at", start(rollout));
        result.put("finished_at", end(rollout));
        result.putObject("agent_execution").put("started_at", start(rollout)).put("finished_at", end(rollout));
        return result;
    }

    private static ObjectNode agent(Rollout rollout) {
        ObjectNode agent = JsonNodeFactory.instance.objectNode();
        // Rows of a corpus name the format of their agent, such as mini-swe-agent:path; others are Agon's own.
        boolean own = rollout.getSource() == null;
        agent.put("name", own ? "agon" : rollout.getSource().replaceFirst(":.*", ""));
        agent.put("version", own ? Version.agon() : "unknown");
        int provider = rollout.getModel().indexOf('/');
        agent.putObject("model_info")
                .put("name", rollout.getModel().substring(provider + 1))
                .put("provider", provider < 0 ? null : rollout.getModel().substring(0, provider));
        return agent;
    }

    private static ObjectNode used(Rollout rollout) {
        ObjectNode used = JsonNodeFactory.instance.objectNode();
        used.put("n_input_tokens", rollout.getInputTokens());
        used.put("n_cache_tokens", rollout.getCachedTokens());
        used.put("n_output_tokens", rollout.getOutputTokens());
        used.put("cost_usd", rollout.getCostUsd());
        used.putObject("metadata")
                .put("exit_status", rollout.getExitStatus())
                .put("n_steps", rollout.getStepCount())
                .put("n_model_calls", rollout.getModelCalls());
        return used;
    }

    private static String start(Rollout rollout) {
        return known(rollout) ? rollout.getStartedAt().toString() : null;
    }

    private static String end(Rollout rollout) {
        return known(rollout)
                ? rollout.getStartedAt().plusMillis(rollout.getDurationMs()).toString()
                : null;
    }

    private static boolean known(Rollout rollout) {
        return rollout.getStartedAt().isAfter(Instant.EPOCH);
    }
}
