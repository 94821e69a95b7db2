package dev.agon.summarize;

import dev.agon.evidence.Evidence;
import dev.agon.evidence.KnownFacts;
import dev.agon.prompts.Excerpt;
import dev.agon.schemas.Facts;
import dev.agon.schemas.Rollout;

/**
 * What a summary is made of: bounded texts of a rollout. Many summaries are waited for at once, and none of them holds on to its
 * rollout meanwhile.
 *
 * @param rolloutId the rollout
 * @param taskId its task
 * @param iteration its iteration
 * @param outcome how it ended
 * @param stepCount its steps
 * @param trace its trajectory as text: all of it for a summariser, cut where it stands for a summary
 * @param change its submission, cut
 * @param evidence what its record shows by itself; null where that is not asked for
 * @param facts what the harness knows of it
 */
record SummarySource(
        String rolloutId,
        String taskId,
        int iteration,
        String outcome,
        int stepCount,
        TraceText trace,
        String change,
        String evidence,
        Facts facts) {

    static final int MOST_CHARACTERS_OF_A_CHANGE = 6_000;

    /** The same attempt with another text of its trajectory. */
    SummarySource withTrace(TraceText shown) {
        return new SummarySource(rolloutId, taskId, iteration, outcome, stepCount, shown, change, evidence, facts);
    }

    /**
     * @param rolloutId its place, which a rollout of a corpus does not know itself
     * @param visibleCheck the check that the agent might run; null when there is none
     */
    static SummarySource of(Rollout rollout, String rolloutId, String visibleCheck, SummarizerConfig config) {
        return new SummarySource(
                rolloutId,
                rollout.getTaskId(),
                rollout.getIteration(),
                rollout.getOutcome(),
                rollout.getStepCount(),
                config.representation() == Representation.TRACE ? TraceText.cut(rollout) : TraceText.whole(rollout),
                Excerpt.of(rollout.getSubmission().strip(), MOST_CHARACTERS_OF_A_CHANGE),
                config.evidence() ? Evidence.of(rollout) : null,
                KnownFacts.of(rollout, visibleCheck));
    }
}
