package dev.agon.rollout;

import dev.agon.grading.Grader;
import dev.agon.rollout.RolloutGrader.Grading;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.RolloutRow;
import dev.agon.tables.WholeRollout;
import java.util.List;
import java.util.Optional;

/**
 * What comes of filling one slot. Its parts leave by doors of their own: only the reference goes on to be summarised and selected.
 *
 * @param row its row
 * @param ref the reference; empty for a rollout that the run's stop has ended, which is no candidate
 * @param grade its grade; empty when there is none for reasons of infrastructure
 * @param failures what failed on the way without ending the rollout, such as grading
 */
record FinishedRollout(RolloutRow row, Optional<RolloutRef> ref, Optional<Grade> grade, List<Failure> failures) {

    /** @param key the rollout's name in the journal */
    static FinishedRollout of(Rollout rollout, GradedPlan graded, String key, Grading grading) {
        RolloutRef ref = new RolloutRef(
                rollout.getRolloutId(),
                rollout.getTaskId(),
                rollout.getIteration(),
                rollout.getIndex(),
                key,
                // What is graded in the rollout's own sandbox is more than its submission says.
                Grader.needsRolloutSandbox(graded.truth()) ? null : Ids.sha256(rollout.getSubmission()),
                graded.task().getStatement(),
                graded.task().getVisibleCheck());
        return new FinishedRollout(
                WholeRollout.withoutLongParts(rollout, key), Optional.of(ref), grading.grade(), grading.failures());
    }

    /** A rollout in progress is a row, so that what it cost is seen, and no candidate; its steps stay in the journal. */
    static FinishedRollout stopped(Rollout rollout) {
        return new FinishedRollout(new RolloutRow(rollout, null), Optional.empty(), Optional.empty(), List.of());
    }
}
