package dev.agon.trajectory;

import static dev.agon.trajectory.AtifObject.COUNT;
import static dev.agon.trajectory.AtifObject.FLAG;
import static dev.agon.trajectory.AtifObject.LIST;
import static dev.agon.trajectory.AtifObject.NUMBER;
import static dev.agon.trajectory.AtifObject.TEXT;
import static dev.agon.trajectory.AtifObject.USD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import java.util.HashSet;
import java.util.Set;

/**
 * The documents of ATIF 1.7, and how those of 1.0 to 1.6 become such: they have fewer fields, and references to sub-agents by their
 * session alone, which becomes the id of their trajectory.
 */
final class AtifSchema {

    static final String VERSION = "ATIF-v1.7";

    /** The first version whose messages may have parts that are audio; otherwise it is as the one before. */
    private static final String WITH_AUDIO = "ATIF-v1.8";

    private static final AtifObject IMAGE =
            new AtifObject().field("media_type", TEXT).field("path", TEXT);
    private static final AtifObject PART =
            new AtifObject().field("type", TEXT).field("text", TEXT).field("source", IMAGE::strict);
    private static final AtifObject.Value CONTENT = field -> {
        if (field.node().isTextual()) {
            return field.node();
        }
        if (!field.node().isArray()) {
            throw field.wrong("text or a list of parts");
        }
        return PART.each().strict(field);
    };
    private static final AtifObject AGENT = new AtifObject()
            .field("name", TEXT)
            .field("version", TEXT)
            .field("model_name", TEXT)
            .field("tool_definitions", LIST)
            .extra();
    private static final AtifObject FINAL_METRICS = new AtifObject()
            .field("total_prompt_tokens", COUNT)
            .field("total_completion_tokens", COUNT)
            .field("total_cached_tokens", COUNT)
            .field("total_cost_usd", USD)
            .field("total_steps", COUNT)
            .extra();
    private static final AtifObject METRICS = new AtifObject()
            .field("prompt_tokens", COUNT)
            .field("completion_tokens", COUNT)
            .field("cached_tokens", COUNT)
            .field("cost_usd", USD)
            .field("prompt_token_ids", LIST)
            .field("completion_token_ids", LIST)
            .field("logprobs", LIST)
            .extra();
    private static final AtifObject REFERENCE = new AtifObject()
            .field("trajectory_id", TEXT)
            .field("trajectory_path", TEXT)
            .field("session_id", TEXT)
            .extra();
    private static final AtifObject RESULT = new AtifObject()
            .field("source_call_id", TEXT)
            .field("content", CONTENT)
            .field("subagent_trajectory_ref", AtifSchema::references)
            .extra();
    private static final AtifObject OBSERVATION = new AtifObject().field("results", RESULT.each());
    private static final AtifObject STEP = new AtifObject()
            .field("step_id", COUNT)
            .field("timestamp", AtifTime::strict)
            .field("source", TEXT)
            .field("model_name", TEXT)
            .field("reasoning_effort", field -> field.node().isTextual() ? field.node() : NUMBER.strict(field))
            .field("message", CONTENT)
            .field("reasoning_content", TEXT)
            .field("tool_calls", AtifStepRules::calls)
            .field("observation", OBSERVATION::strict)
            .field("metrics", METRICS::strict)
            .field("llm_call_count", COUNT)
            .field("is_copied_context", FLAG)
            .extra();
    private static final AtifObject DOCUMENT = new AtifObject()
            .field("schema_version", TEXT)
            .field("session_id", TEXT)
            .field("trajectory_id", TEXT)
            .field("agent", AGENT::strict)
            .field("steps", AtifSchema::steps)
            .field("notes", TEXT)
            .field("final_metrics", FINAL_METRICS::strict)
            .field("continued_trajectory_ref", TEXT)
            .field("subagent_trajectories", AtifSchema::subagents)
            .extra();

    private AtifSchema() {}

    /** The document in version 1.7, or 1.8 where it has audio; what it may not hold is in {@code extra}. */
    static ObjectNode strict(Field<BadTrajectoryException> document) throws BadTrajectoryException {
        ObjectNode strict = DOCUMENT.strict(document);
        if (!strict.path("steps").isArray()) {
            throw document.get("steps").wrong("a list of steps");
        }
        ObjectNode agent = strict.path("agent") instanceof ObjectNode named ? named : null;
        if (agent == null) {
            throw document.get("agent").wrong("an object with the agent's name");
        }
        if (!agent.path("name").isTextual()) {
            throw document.get("agent").get("name").wrong("text");
        }
        if (!agent.path("version").isTextual()) {
            agent.put("version", "unknown");
        }
        boolean audio = strict.path("steps").findValuesAsText("type").contains("audio");
        strict.put("schema_version", audio ? WITH_AUDIO : VERSION);
        return strict;
    }

    private static JsonNode steps(Field<BadTrajectoryException> list) throws BadTrajectoryException {
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        for (var step : list.presentElements()) {
            steps.add(AtifStepRules.strict(STEP.strict(step), step, steps.size() + 1));
        }
        if (steps.isEmpty()) {
            throw list.problem("is empty, expected at least one step");
        }
        return steps;
    }

    private static JsonNode references(Field<BadTrajectoryException> list) throws BadTrajectoryException {
        // Before 1.7 one reference could stand without a list around it.
        if (list.node().isObject()) {
            return JsonNodeFactory.instance.arrayNode().add(reference(list));
        }
        ArrayNode references = JsonNodeFactory.instance.arrayNode();
        for (var reference : list.presentElements()) {
            references.add(reference(reference));
        }
        return references;
    }

    private static ObjectNode reference(Field<BadTrajectoryException> field) throws BadTrajectoryException {
        ObjectNode reference = REFERENCE.strict(field);
        if (!reference.hasNonNull("trajectory_id") && !reference.hasNonNull("trajectory_path")) {
            if (!reference.hasNonNull("session_id")) {
                throw field.wrong("a trajectory_id or a trajectory_path");
            }
            reference.set("trajectory_id", reference.get("session_id"));
        }
        return reference;
    }

    private static JsonNode subagents(Field<BadTrajectoryException> list) throws BadTrajectoryException {
        ArrayNode subagents = JsonNodeFactory.instance.arrayNode();
        Set<String> ids = new HashSet<>();
        for (var subagent : list.presentElements()) {
            ObjectNode strict = strict(subagent);
            var id = subagent.get("trajectory_id");
            if (id.isAbsent() || !ids.add(id.textOr(""))) {
                throw id.wrong("an id that no other sub-agent of this trajectory has");
            }
            subagents.add(strict);
        }
        return subagents;
    }
}
