package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import java.util.List;
import java.util.OptionalDouble;

/** Outcomes inside of a trajectory. They are for statistics, and must not reach the selection. */
final class OutcomeFields {

    /** Fields of the document or of its {@code info} in which graders write an outcome. */
    private static final List<String> FIELDS = List.of(
            "reward",
            "rewards",
            "resolved",
            "score",
            "is_resolved",
            "verifier_result",
            "tests_status",
            "test_result",
            "eval_result",
            "evaluation",
            "report");

    private OutcomeFields() {}

    /** The reward in a document that has one; empty when it has none. */
    static OptionalDouble in(Field<BadTrajectoryException> document) throws BadTrajectoryException {
        for (var place : List.of(document, document.get("info"))) {
            var resolved = place.get("resolved");
            if (resolved.node().isBoolean()) {
                return OptionalDouble.of(resolved.node().booleanValue() ? 1 : 0);
            }
            OptionalDouble reward = place.get("reward").number();
            if (reward.isPresent()) {
                return reward;
            }
        }
        return OptionalDouble.empty();
    }

    /** Removes the outcomes from a document. */
    static void remove(ObjectNode document) {
        document.remove(FIELDS);
        JsonNode info = document.path("info");
        if (info.isObject()) {
            ((ObjectNode) info).remove(FIELDS);
        }
    }
}
