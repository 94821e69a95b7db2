package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.ColumnText;
import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A document in strict ATIF as a row, and back. Steps of the agent are the row's; the others stay in {@code extra}, in their places
 * among them, the first of the system and of the user without the texts that are the row's prompts.
 */
final class AtifRollout {

    private static final String STEPS = "steps";

    private AtifRollout() {}

    /**
     * @param document in strict ATIF, with its continuations and sub-agents in it
     * @param more what else belongs into the row's {@code extra}
     */
    static Rollout of(ObjectNode document, ObjectNode more) throws BadTrajectoryException {
        List<Step> steps = new ArrayList<>();
        ArrayNode order = JsonNodeFactory.instance.arrayNode();
        for (JsonNode step : document.get(STEPS)) {
            if (isAgents(step)) {
                steps.add(AtifStep.read((ObjectNode) step, steps.size() + 1));
                order.add(steps.size());
            } else {
                order.add(step);
            }
        }
        JsonNode end = document.get(STEPS).get(document.get(STEPS).size() - 1);
        AtifEnding ending = AtifEnding.of(document, isAgents(end) ? steps.get(steps.size() - 1) : null);
        AtifTotals totals = AtifTotals.of(document);
        Rollout rollout = Trajectory.row(steps)
                .setOutcome(ending.outcome())
                .setExitStatus(ending.exitStatus())
                .setSubmission(ending.submission())
                .setFinalOutput(ending.finalOutput())
                .setSystemPrompt(first(document, "system"))
                .setTaskPrompt(first(document, "user"))
                .setModelCalls(totals.modelCalls())
                .setInputTokens(totals.input())
                .setCachedTokens(totals.cached())
                .setCacheWriteTokens(totals.cacheWritten())
                .setOutputTokens(totals.output())
                .setReasoningTokens(totals.reasoning())
                .setCostUsd(totals.costUsd())
                .setModel(model(document))
                .build();
        time(rollout, document);
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        rest.setAll(document);
        rest.set(STEPS, order);
        ObjectNode extra = JsonNodeFactory.instance.objectNode().put("format", AtifFormat.NAME);
        extra.set("document", columns(rollout).without(rest));
        extra.setAll(more);
        rollout.setExtra(ExtraJson.text(extra));
        return rollout;
    }

    /** @param kept the row's {@code extra} */
    static ObjectNode document(Rollout rollout, Field<BadTrajectoryException> kept) throws BadTrajectoryException {
        ObjectNode document = (ObjectNode)
                columns(rollout).with(kept.get("document").presentObject().node());
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        for (JsonNode step : document.path(STEPS)) {
            steps.add(step.isInt() ? AtifStep.tree(rollout.getSteps().get(step.intValue() - 1)) : step);
        }
        document.set(STEPS, steps);
        return document;
    }

    private static boolean isAgents(JsonNode step) {
        return step.get("source").textValue().equals("agent");
    }

    private static String first(JsonNode document, String source) throws BadTrajectoryException {
        for (JsonNode step : document.get(STEPS)) {
            if (step.get("source").textValue().equals(source)) {
                return MessageText.of(
                        Field.of(step, BadTrajectoryException::new).get("message"));
            }
            if (isAgents(step) && source.equals("system")) {
                // What the system says later opens no conversation.
                return "";
            }
        }
        return "";
    }

    private static String model(JsonNode document) {
        String model = document.path("agent").path("model_name").asText("");
        for (JsonNode step : document.get(STEPS)) {
            if (model.isEmpty()) {
                model = step.path("model_name").asText("");
            }
        }
        return ColumnText.valid(model);
    }

    private static void time(Rollout rollout, JsonNode document) throws BadTrajectoryException {
        Instant first = null;
        Instant last = null;
        for (JsonNode step : document.get(STEPS)) {
            var time = Field.of(step, BadTrajectoryException::new).get("timestamp");
            if (!time.isAbsent()) {
                Instant at = AtifTime.of(time);
                first = first == null || at.isBefore(first) ? at : first;
                last = last == null || at.isAfter(last) ? at : last;
            }
        }
        if (first != null) {
            rollout.setStartedAt(first);
            rollout.setDurationMs(Duration.between(first, last).toMillis());
        }
    }

    private static ColumnReferences columns(Rollout rollout) {
        return new ColumnReferences()
                .column("system_prompt", rollout.getSystemPrompt())
                .column("task_prompt", rollout.getTaskPrompt());
    }
}
