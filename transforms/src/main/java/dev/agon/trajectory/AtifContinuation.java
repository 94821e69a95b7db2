package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Joins a trajectory and its continuation. */
final class AtifContinuation {

    private static final String STEPS = "steps";
    private static final String SUBAGENTS = "subagent_trajectories";
    private static final String METRICS = "final_metrics";
    private static final String TOTAL_PROMPT = "total_prompt_tokens";

    private AtifContinuation() {}

    /**
     * Appends the steps and sub-agents of the continuation. Steps that it copied as its context are in the document already. Its other
     * fields go into {@code extra.continuations}.
     */
    static void append(ObjectNode document, ObjectNode next, String path) throws BadTrajectoryException {
        ObjectNode metrics = metrics(document, next);
        ArrayNode steps = (ArrayNode) document.get(STEPS);
        for (JsonNode step : next.get(STEPS)) {
            if (!step.path("is_copied_context").asBoolean()) {
                steps.add(((ObjectNode) step).put("step_id", steps.size() + 1));
            }
        }
        if (next.path(SUBAGENTS) instanceof ArrayNode more) {
            ArrayNode subagents =
                    document.path(SUBAGENTS) instanceof ArrayNode had ? had : document.putArray(SUBAGENTS);
            subagents.addAll(more);
        }
        document.remove("continued_trajectory_ref");
        if (metrics.isEmpty()) {
            document.remove(METRICS);
        } else {
            document.set(METRICS, metrics);
        }
        next.remove(STEPS);
        next.remove(SUBAGENTS);
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        if (document.path("extra") instanceof ObjectNode had) {
            extra.setAll(had);
        }
        ArrayNode continuations =
                extra.path("continuations") instanceof ArrayNode had ? had : extra.putArray("continuations");
        continuations.addObject().put("path", path).set("trajectory", next);
        document.set("extra", extra);
    }

    /**
     * The totals of both. Some continuations count on from the end of the first document: then their totals are taken. Others count
     * only themselves: then both are added. A continuation counts on when its totals are at least those before it and its own steps
     * together.
     */
    private static ObjectNode metrics(ObjectNode document, ObjectNode next) throws BadTrajectoryException {
        ObjectNode before =
                document.path(METRICS) instanceof ObjectNode had ? had : JsonNodeFactory.instance.objectNode();
        ObjectNode after = next.path(METRICS) instanceof ObjectNode had ? had : JsonNodeFactory.instance.objectNode();
        if (before.isEmpty() || after.isEmpty()) {
            // There are no totals but the sums over the steps.
            return JsonNodeFactory.instance.objectNode();
        }
        long own = AtifTotals.sums(next).input();
        long first = before.path(TOTAL_PROMPT).asLong(0);
        if (own > 0 && after.path(TOTAL_PROMPT).asLong(0) >= first + own) {
            return after.deepCopy();
        }
        ObjectNode both = before.deepCopy();
        for (Map.Entry<String, JsonNode> total : after.properties()) {
            JsonNode had = both.get(total.getKey());
            if (total.getValue().isIntegralNumber() && had != null && had.isIntegralNumber()) {
                both.put(total.getKey(), had.longValue() + total.getValue().longValue());
            } else if (total.getValue().isNumber() && had != null && had.isNumber()) {
                both.put(total.getKey(), had.doubleValue() + total.getValue().doubleValue());
            } else {
                both.putIfAbsent(total.getKey(), total.getValue());
            }
        }
        return both;
    }
}
