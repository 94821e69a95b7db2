package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** Documents that runs leave beside their trajectories: predictions and reports of SWE-bench. They are known by what they hold. */
final class Bystander {

    private static final String[] OF_REPORTS = {
        "resolved_ids", "unresolved_ids", "patch_successfully_applied", "patch_is_None", "tests_status"
    };

    private Bystander() {}

    /** Whether a document, each item of a list, or each value of an object by instance is one. */
    static boolean is(JsonNode document) {
        return isOne(document)
                || document.isContainerNode()
                        && !document.isEmpty()
                        && StreamSupport.stream(document.spliterator(), false).allMatch(Bystander::isOne);
    }

    private static boolean isOne(JsonNode document) {
        if (document.has("model_patch") && (document.has("instance_id") || document.has("model_name_or_path"))) {
            return !document.has("messages") && !document.has("trajectory") && !document.has("steps");
        }
        for (String field : OF_REPORTS) {
            if (document.has(field)) {
                return true;
            }
        }
        return false;
    }
}
