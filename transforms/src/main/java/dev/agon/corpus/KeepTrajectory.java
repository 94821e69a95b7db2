package dev.agon.corpus;

import dev.agon.evidence.LeakScan;
import dev.agon.journal.BlobKind;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.tables.WholeRollout;
import dev.agon.trajectory.Trajectory;
import java.util.List;

/** Keeps a trajectory of a corpus in the journal, whence whoever needs it loads it. On goes its row without the long parts. */
final class KeepTrajectory {

    /** What this run stops has this outcome; an attempt of a corpus that ended unfinished was not stopped by it. */
    private static final String STOPPED = "stopped";

    private static final String UNFINISHED = "unfinished";

    private KeepTrajectory() {}

    static CorpusEntry in(Journal journal, Trajectory trajectory) {
        Rollout rollout = trajectory.rollout();
        rollout.setTaskId(trajectory.taskId());
        rollout.setTrial(trajectory.trial());
        if (rollout.getOutcome().equals(STOPPED)) {
            rollout.setOutcome(UNFINISHED);
        }
        rollout.setModelCallsPaid(0);
        rollout.setCostUsdPaid(0.0);
        rollout.setLeaks(LeakScan.of(rollout));
        String name = journal.putByContent(
                JournalKey.folderOf(BlobKind.CORPUS, trajectory.taskId() + "/" + trajectory.trial()),
                new RecordedRollout(rollout, List.of(), ""));
        String submission = rollout.getSubmission();
        return new CorpusEntry(
                trajectory.taskId(),
                trajectory.trial(),
                trajectory.statement(),
                WholeRollout.withoutLongParts(rollout, name).getRollout(),
                name,
                submission.isEmpty() ? null : Ids.sha256(submission));
    }
}
