package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.Field;

/**
 * What an attempt used, with its sub-agents: the totals of the document or, when it has none, the sums over its steps and its
 * sub-agents. Copied steps are counted once.
 */
record AtifTotals(
        long input, long cached, long output, long cacheWritten, long reasoning, double costUsd, int modelCalls) {

    /** @param document in strict ATIF, with its sub-agents in it */
    static AtifTotals of(JsonNode document) throws BadTrajectoryException {
        var totals = Field.of(document, BadTrajectoryException::new).get("final_metrics");
        var more = totals.get("extra");
        AtifTotals sums = sums(document);
        return new AtifTotals(
                or(totals.get("total_prompt_tokens"), sums.input),
                or(totals.get("total_cached_tokens"), sums.cached),
                or(totals.get("total_completion_tokens"), sums.output),
                Math.max(told(more, "total_cache_creation_input_tokens"), sums.cacheWritten),
                Math.max(told(more, "total_reasoning_tokens"), sums.reasoning),
                totals.get("total_cost_usd").usd().orElse(sums.costUsd),
                sums.modelCalls);
    }

    /** The sums over the steps and sub-agents, without the totals of the document. */
    static AtifTotals sums(JsonNode document) throws BadTrajectoryException {
        AtifTotals sums = new AtifTotals(0, 0, 0, 0, 0, 0, 0);
        for (JsonNode step : document.path("steps")) {
            if (step.path("source").asText("").equals("agent")
                    && !step.path("is_copied_context").asBoolean()) {
                sums = sums.plus(step(step));
            }
        }
        for (JsonNode subagent : document.path("subagent_trajectories")) {
            sums = sums.plus(of(subagent));
        }
        return sums;
    }

    /** A count in an {@code extra}; 0 when the value is no count. */
    static long told(Field<BadTrajectoryException> extra, String name) {
        long count = extra.node().path(name).asLong(0);
        return Math.max(0, count);
    }

    private static AtifTotals step(JsonNode step) throws BadTrajectoryException {
        var metrics = Field.of(step, BadTrajectoryException::new).get("metrics");
        var more = metrics.get("extra");
        return new AtifTotals(
                metrics.get("prompt_tokens").count(),
                metrics.get("cached_tokens").count(),
                metrics.get("completion_tokens").count(),
                told(more, "cache_creation_input_tokens"),
                told(more, "reasoning_tokens"),
                metrics.get("cost_usd").usd().orElse(0),
                step.path("llm_call_count").asInt(1));
    }

    private static long or(Field<BadTrajectoryException> total, long sum) throws BadTrajectoryException {
        return total.isAbsent() ? sum : total.count();
    }

    private AtifTotals plus(AtifTotals more) {
        return new AtifTotals(
                input + more.input,
                cached + more.cached,
                output + more.output,
                cacheWritten + more.cacheWritten,
                reasoning + more.reasoning,
                costUsd + more.costUsd,
                modelCalls + more.modelCalls);
    }
}
