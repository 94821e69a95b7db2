package dev.agon.corpus;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Ids;
import dev.agon.schemas.PlacedTrial;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.TaskRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Gives each attempt at a task its place, in the order of the attempts' names: slot 0, 1, … of iteration 0. A second attempt of the
 * same name is a failure, and so are those for whom the tournament has no place.
 */
final class PlaceTrials implements MapEach.Work<KV<String, Iterable<CorpusEntry>>> {

    static final TupleTag<RolloutRef> REFS = new TupleTag<>("refs") {};
    static final TupleTag<RolloutRow> ROLLOUTS = new TupleTag<>("rollouts") {};
    static final TupleTag<TaskRow> TASKS = new TupleTag<>("tasks") {};
    static final TupleTag<PlacedTrial> PLACED = new TupleTag<>("placed") {};

    private static final Comparator<CorpusEntry> ORDER = Comparator.comparing(CorpusEntry::getTrial)
            .thenComparing(entry -> String.valueOf(entry.getRollout().getSource()));

    private final String dataSet;
    private final int attemptsAtMost;

    /**
     * @param dataSet name of the corpus, for the table of tasks
     * @param attemptsAtMost for how many of one task the tournament has a place
     */
    PlaceTrials(String dataSet, int attemptsAtMost) {
        this.dataSet = dataSet;
        this.attemptsAtMost = attemptsAtMost;
    }

    @Override
    public void apply(KV<String, Iterable<CorpusEntry>> task, MapEach.Outputs out) {
        List<CorpusEntry> entries = new ArrayList<>();
        task.getValue().forEach(entries::add);
        entries.sort(ORDER);
        out.give(TASKS, row(entries.get(0)));
        int index = 0;
        CorpusEntry before = null;
        for (CorpusEntry entry : entries) {
            if (before != null && before.getTrial().equals(entry.getTrial())) {
                out.give(
                        MapConcurrently.FAILURES,
                        leftOut(
                                entry,
                                "is also in " + before.getRollout().getSource()
                                        + ", which was taken: give attempts names of their own"));
                continue;
            }
            if (index == attemptsAtMost) {
                out.give(
                        MapConcurrently.FAILURES,
                        leftOut(
                                entry,
                                "is one too many: " + attemptsAtMost
                                        + " attempts at one task are selected from, in the order of their names. Replay parts of the corpus"));
                continue;
            }
            place(entry, index, out);
            before = entry;
            index++;
        }
    }

    private static void place(CorpusEntry entry, int index, MapEach.Outputs out) {
        String rolloutId = Ids.rolloutId(entry.getTaskId(), 0, index);
        Rollout row = Rollout.newBuilder(entry.getRollout())
                .setRolloutId(rolloutId)
                .setIteration(0)
                .setIndex(index)
                .build();
        out.give(ROLLOUTS, new RolloutRow(row, entry.getJournalKey()));
        out.give(PLACED, new PlacedTrial(entry.getTaskId(), entry.getTrial(), rolloutId));
        out.give(
                REFS,
                new RolloutRef(
                        rolloutId,
                        entry.getTaskId(),
                        0,
                        index,
                        entry.getJournalKey(),
                        entry.getSubmissionHash(),
                        entry.getStatement(),
                        null));
    }

    private TaskRow row(CorpusEntry first) {
        return TaskRow.newBuilder()
                .setTaskId(first.getTaskId())
                .setDataSet(dataSet)
                .setStatement(first.getStatement())
                .setWorkdir("")
                .setContentHash(Ids.sha256(first.getStatement()))
                .build();
    }

    /** @param why a clause whose subject is the attempt */
    private static Failure leftOut(CorpusEntry entry, String why) {
        return CorpusOutcomes.failure(
                "trajectories",
                entry.getRollout().getSource(),
                entry.getTaskId(),
                "bad_input",
                "the attempt `" + entry.getTrial() + "` at task `" + entry.getTaskId() + "` " + why);
    }
}
