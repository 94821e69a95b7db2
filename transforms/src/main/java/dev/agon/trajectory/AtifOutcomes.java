package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Removes outcomes from a document in ATIF. The format has no field for them, but any {@code extra} may hold one. */
final class AtifOutcomes {

    private static final List<String> PARTS = List.of("agent", "final_metrics", "metrics");

    private AtifOutcomes() {}

    /** Changes the document's own trees only where they hold an outcome. */
    static void remove(ObjectNode document) {
        removeFrom(document);
        document.path("steps").forEach(AtifOutcomes::removeFrom);
        document.path("subagent_trajectories").forEach(subagent -> remove((ObjectNode) subagent));
    }

    private static void removeFrom(JsonNode tree) {
        for (String part : PARTS) {
            replace(tree.path(part));
        }
        replace(tree);
    }

    private static void replace(JsonNode tree) {
        if (tree.path("extra") instanceof ObjectNode extra) {
            ObjectNode copy = extra.deepCopy();
            clean(copy);
            ((ObjectNode) tree).set("extra", copy);
        }
    }

    private static void clean(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            OutcomeFields.remove(object);
        }
        tree.forEach(AtifOutcomes::clean);
    }
}
