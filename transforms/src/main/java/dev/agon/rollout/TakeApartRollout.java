package dev.agon.rollout;

import dev.agon.schemas.Failure;
import dev.agon.schemas.FinishedRollout;
import dev.agon.schemas.Grade;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutRef;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Takes a finished rollout apart: its row, its grade, and the reference that alone goes on to be summarised and selected. One that
 * was stopped in progress has but a row.
 */
final class TakeApartRollout extends DoFn<FinishedRollout, RolloutRef> {

    private static final long serialVersionUID = 1L;

    static final TupleTag<RolloutRef> REFS = new TupleTag<>("refs") {};
    static final TupleTag<Rollout> ROLLOUTS = new TupleTag<>("rollouts") {};
    static final TupleTag<Grade> GRADES = new TupleTag<>("grades") {};
    static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

    @ProcessElement
    public void process(@Element FinishedRollout finished, MultiOutputReceiver out) {
        Rollout rollout = finished.getRollout();
        String submission = rollout.getSubmission();
        if (finished.getJournalKey() != null) {
            out.get(REFS)
                    .output(new RolloutRef(
                            rollout.getRolloutId(),
                            rollout.getTaskId(),
                            rollout.getIteration(),
                            rollout.getIndex(),
                            finished.getJournalKey(),
                            submission.isEmpty() ? null : Ids.sha256(submission),
                            finished.getStatement()));
        }
        out.get(ROLLOUTS).output(rollout);
        if (finished.getGrade() != null) {
            out.get(GRADES).output(finished.getGrade());
        }
        finished.getFailures().forEach(out.get(FAILURES)::output);
    }
}
