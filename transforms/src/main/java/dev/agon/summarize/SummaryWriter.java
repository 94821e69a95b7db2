package dev.agon.summarize;

import dev.agon.model.ChatReply;
import dev.agon.model.MalformedAnswerException;
import dev.agon.prompts.Excerpt;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.schemas.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes summary rows: the text that judges and refinement contexts get, of bounded length. The change itself ends it where the
 * configuration asks for that; the paper (arXiv 2604.16529) does not.
 */
final class SummaryWriter {

    static final int MOST_CHARACTERS_OF_A_TEXT = 16_000;
    /** Of a trajectory that stands for a summary; with the change beside it, it is no longer than one. */
    private static final int MOST_CHARACTERS_OF_A_FALLBACK = 9_500;

    private final Template template;
    private final boolean appendsChange;

    SummaryWriter(SummarizerConfig config) {
        this.template = config.prompts().get(Prompt.SUMMARY);
        this.appendsChange = config.appendsChange();
    }

    /** A row of what a model said; its usage is left to the caller. */
    Summary.Builder fromFields(SummarySource attempt, SummaryFields fields) {
        return row(attempt, Representation.SUMMARY, text(attempt, fields))
                .setHypotheses(fields.hypotheses())
                .setActions(fields.actions())
                .setEvidence(fields.evidence())
                .setFilesChanged(fields.filesChanged())
                .setProgress(fields.progress())
                .setFailureModes(fields.failureModes())
                .setOpenQuestions(fields.openQuestions())
                .setOutcome(fields.outcome());
    }

    /** A row of the trajectory itself, which costs nothing. */
    Summary fromTrace(SummarySource attempt, Representation representation) {
        String ended = "=== Ended: " + attempt.outcome() + " after " + attempt.stepCount() + " steps\n";
        String change =
                attempt.change().isEmpty() ? "Change: none." : "Change:\n```diff\n" + attempt.change() + "\n```";
        return row(attempt, representation, attempt.trace().text() + ended + (appendsChange ? change : ""))
                .build();
    }

    /** A row of the trajectory where the model's answers were malformed; no longer than a summary. */
    Summary inPlaceOfSummary(SummarySource attempt, MalformedAnswerException malformed) {
        SummarySource cut = attempt.withTrace(attempt.trace().shortened(MOST_CHARACTERS_OF_A_FALLBACK));
        return Summary.newBuilder(fromTrace(cut, Representation.TRACE_FALLBACK))
                .setMalformedAnswers(malformed.malformed())
                .setFinishReason(
                        malformed.reply().flatMap(ChatReply::finishReason).orElse(null))
                .build();
    }

    private static Summary.Builder row(SummarySource attempt, Representation representation, String text) {
        return Summary.newBuilder()
                .setRolloutId(attempt.rolloutId())
                .setTaskId(attempt.taskId())
                .setIteration(attempt.iteration())
                .setRepresentation(representation.id())
                .setChange(attempt.change())
                .setStepsSeen(attempt.trace().stepsSeen())
                .setParts(1)
                .setText(text)
                .setFound(attempt.evidence())
                .setFacts(attempt.facts());
    }

    private String text(SummarySource attempt, SummaryFields fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ended", attempt.outcome());
        values.put("step_count", attempt.stepCount());
        values.put("outcome", fields.outcome());
        values.put("progress", fields.progress());
        values.put("sections", sections(fields));
        values.put("change", appendsChange ? attempt.change() : null);
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
