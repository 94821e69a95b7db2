package dev.agon.summarize;

import dev.agon.evidence.Evidence;
import dev.agon.prompts.Excerpt;
import dev.agon.schemas.Rollout;

/**
 * What a summary is made of: few and bounded parts of a rollout. Many summaries are waited for at once, and none of them holds on to
 * its trajectory meanwhile.
 *
 * @param rolloutId the rollout
 * @param taskId its task
 * @param iteration its iteration
 * @param outcome how it ended
 * @param stepCount its steps
 * @param trace its trajectory as text, cut
 * @param change its submission, cut
 * @param evidence what its record shows by itself; null where that is not asked for
 */
record SummarySource(
        String rolloutId,
        String taskId,
        int iteration,
        String outcome,
        int stepCount,
        String trace,
        String change,
        Evidence evidence) {

    static final int MOST_CHARACTERS_OF_A_CHANGE = 6_000;

    /** The same attempt with another text of its trajectory. */
    SummarySource withTrace(String shown) {
        return new SummarySource(rolloutId, taskId, iteration, outcome, stepCount, shown, change, evidence);
    }

    /** @param rolloutId its place, which a rollout of a corpus does not know itself */
    static SummarySource of(Rollout rollout, String rolloutId, boolean withEvidence) {
        return new SummarySource(
                rolloutId,
                rollout.getTaskId(),
                rollout.getIteration(),
                rollout.getOutcome(),
                rollout.getStepCount(),
                TraceText.of(rollout),
                Excerpt.of(rollout.getSubmission().strip(), MOST_CHARACTERS_OF_A_CHANGE),
                withEvidence ? Evidence.of(rollout) : null);
    }
}
