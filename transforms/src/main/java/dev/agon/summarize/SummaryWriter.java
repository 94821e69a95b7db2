package dev.agon.summarize;

import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes summary rows: the text that judges and refinement contexts get, of bounded length, with the change itself in it. */
final class SummaryWriter {

    static final int MOST_CHARACTERS_OF_A_CHANGE = 6_000;
    static final int MOST_CHARACTERS_OF_A_TEXT = 16_000;

    private final Template template = Prompt.shipped(Prompt.SUMMARY);

    /** A row of what a model said; its usage is left to the caller. */
    Summary.Builder fromFields(Rollout rollout, SummaryFields fields) {
        String change = change(rollout);
        return row(rollout, Representation.SUMMARY, text(rollout, fields, change))
                .setHypotheses(fields.hypotheses())
                .setActions(fields.actions())
                .setEvidence(fields.evidence())
                .setFilesChanged(fields.filesChanged())
                .setChange(change)
                .setProgress(fields.progress())
                .setFailureModes(fields.failureModes())
                .setOpenQuestions(fields.openQuestions())
                .setOutcome(fields.outcome());
    }

    /** A row of the trajectory itself, which costs nothing. */
    Summary fromTrace(Rollout rollout) {
        String trace = TraceText.of(rollout);
        String change = change(rollout);
        return row(
                        rollout,
                        Representation.TRACE,
                        trace + "=== Ended: " + rollout.getOutcome() + " after " + rollout.getStepCount() + " steps\n"
                                + (change.isEmpty() ? "Change: none." : "Change:\n```diff\n" + change + "\n```"))
                .setChange(change)
                .setModelCalls(0)
                .setTokens(0)
                .setInputTokens(0)
                .setCachedTokens(0)
                .setOutputTokens(0)
                .setCostUsd(0)
                .setCostUsdPaid(0)
                .build();
    }

    static String change(Rollout rollout) {
        return Excerpt.of(rollout.getSubmission().strip(), MOST_CHARACTERS_OF_A_CHANGE);
    }

    private static Summary.Builder row(Rollout rollout, Representation representation, String text) {
        return Summary.newBuilder()
                .setRolloutId(rollout.getRolloutId())
                .setTaskId(rollout.getTaskId())
                .setIteration(rollout.getIteration())
                .setRepresentation(representation.id())
                .setText(text);
    }

    private String text(Rollout rollout, SummaryFields fields, String change) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ended", rollout.getOutcome());
        values.put("step_count", rollout.getStepCount());
        values.put("outcome", fields.outcome());
        values.put("progress", fields.progress());
        values.put("sections", sections(fields));
        values.put("change", change);
        return Excerpt.of(template.render(values), MOST_CHARACTERS_OF_A_TEXT);
    }

    private static List<Map<String, Object>> sections(SummaryFields fields) {
        List<Map<String, Object>> sections = new ArrayList<>();
        section(sections, "Hypotheses", fields.hypotheses());
        section(sections, "Actions that mattered", fields.actions());
        section(sections, "Evidence", fields.evidence());
        section(sections, "Files changed", fields.filesChanged());
        section(sections, "Failure modes", fields.failureModes());
        section(sections, "Open questions", fields.openQuestions());
        return sections;
    }

    private static void section(List<Map<String, Object>> sections, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            sections.add(Map.of("title", title, "lines", lines));
        }
    }
}
