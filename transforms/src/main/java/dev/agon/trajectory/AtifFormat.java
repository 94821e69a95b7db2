package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Trajectories in ATIF 1.0 to 1.7. A document is one attempt, together with the files that it refers to (see {@link AtifReferences}).
 * Each step of the agent is a step of the row. Steps of sub-agents are kept in {@code extra}, and are counted when the document has no
 * totals.
 *
 * <p>The format names neither task nor attempt. The names come from {@code extra} ({@code task_id}, {@code task_name}, {@code
 * instance_id}), or else from the place of the file (see {@link TrialName}). Fields that are not in the format are kept in the nearest
 * {@code extra}. Outcomes are not kept.
 */
public final class AtifFormat implements TrajectoryFormat {

    static final String NAME = "atif";
    private static final List<String> TASK = List.of("task_id", "task_name", "instance_id");
    /** Whose {@code extra} may hold an outcome, besides documents and steps. */
    private static final List<String> PARTS = List.of("agent", "final_metrics", "metrics");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path("schema_version")
                        .asText("")
                        .toUpperCase(Locale.ROOT)
                        .startsWith("ATIF")
                || document.path("steps").isArray() && document.path("agent").isObject();
    }

    @Override
    public List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException {
        var whole = Field.of(document, BadTrajectoryException::new).presentObject();
        OptionalDouble reward = OutcomeFields.in(whole);
        TrialName names = TrialName.of(file);
        String task = names.task();
        for (String name : TASK) {
            JsonNode told = document.path("extra").path(name);
            task = told.isTextual() && !told.textValue().isBlank() ? told.textValue() : task;
        }
        return List.of(Trajectory.named(
                task, names.trial(), NAME, file, rollout(whole, file, JsonNodeFactory.instance.objectNode()), reward));
    }

    /**
     * The row of a document and of what it refers to, without its names.
     *
     * @param around what else belongs into the row's {@code extra}
     */
    static Rollout rollout(Field<BadTrajectoryException> document, TrajectoryFile file, ObjectNode around)
            throws BadTrajectoryException {
        ObjectNode strict = AtifSchema.strict(document);
        AtifReferences references = new AtifReferences(file);
        references.complete(strict);
        removeOutcomes(strict);
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        if (!references.followed().isEmpty() || !references.unresolved().isEmpty()) {
            ArrayNode followed = more.putArray("followed");
            references.followed().forEach(followed::add);
            ArrayNode unresolved = more.putArray("unresolved");
            references.unresolved().forEach(unresolved::add);
        }
        return AtifRollout.of(strict, more.setAll(around));
    }

    /** Changes the document's own trees only where they hold an outcome. */
    private static void removeOutcomes(ObjectNode document) {
        removeFrom(document);
        document.path("steps").forEach(AtifFormat::removeFrom);
        document.path("subagent_trajectories").forEach(subagent -> removeOutcomes((ObjectNode) subagent));
    }

    private static void removeFrom(JsonNode tree) {
        PARTS.forEach(part -> replace(tree.path(part)));
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
        tree.forEach(AtifFormat::clean);
    }
}
