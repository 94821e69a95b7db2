package dev.agon.tables;

import dev.agon.journal.Journal;
import dev.agon.journal.JournalException;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutRow;
import dev.agon.stores.JournalStore;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * Completes the rows of the table of rollouts, each at the moment it is written.
 *
 * <p>In: a row on its way. Out: the whole row; what is long comes from the journal where that holds it, all else is as it travelled.
 * Fails with a {@link JournalException}, and so does the run, when the journal has no such rollout any more, or another one in its
 * place: a row without its steps would pass for a rollout without steps.
 */
public final class WholeRollout implements SerializableFunction<RolloutRow, Rollout> {

    /** What can be long in a row, and what stands for it on the way. */
    private static final Map<String, Object> LONG_PARTS = Map.of(
            "submission",
            "",
            "final_output",
            "",
            "system_prompt",
            "",
            "task_prompt",
            "",
            "extra",
            "",
            "steps",
            List.of());

    private final JournalStore store;
    private transient volatile Journal journal;

    /** @param store where the run keeps its rollouts */
    public WholeRollout(JournalStore store) {
        this.store = store;
    }

    /** The row of a rollout that the journal holds, as it travels. */
    public static RolloutRow withoutLongParts(Rollout rollout, String journalKey) {
        Rollout shortened = new Rollout();
        for (Schema.Field field : rollout.getSchema().getFields()) {
            Object value = rollout.get(field.pos());
            shortened.put(field.pos(), LONG_PARTS.containsKey(field.name()) ? LONG_PARTS.get(field.name()) : value);
        }
        return new RolloutRow(shortened, journalKey);
    }

    @Override
    public Rollout apply(RolloutRow row) {
        String key = row.getJournalKey();
        if (key == null) {
            return row.getRollout();
        }
        if (journal == null) {
            journal = store.open();
        }
        Rollout whole = journal.find(key, RecordedRollout.class)
                .orElseThrow(() -> failure(row, "is not there, or is damaged"))
                .getRollout();
        if (whole.getRolloutId().isEmpty()) { // of a corpus, where a rollout gets its place after it was stored
            whole.setRolloutId(row.getRollout().getRolloutId());
            whole.setIndex(row.getRollout().getIndex());
        }
        // What was paid is of this run; the entry may be of an earlier one.
        whole.setModelCallsPaid(row.getRollout().getModelCallsPaid());
        whole.setCostUsdPaid(row.getRollout().getCostUsdPaid());
        if (!withoutLongParts(whole, key).equals(row)) {
            throw failure(row, "is now of another attempt, which another run with this journal made in the meantime");
        }
        return whole;
    }

    private JournalException failure(RolloutRow row, String what) {
        return new JournalException(
                "the row of " + row.getRollout().getRolloutId() + " cannot be written: its entry "
                        + row.getJournalKey() + " in the journal " + store.location() + " " + what
                        + ". It was there when the rollout was finished. Run again: only what the journal lacks is bought again",
                null);
    }
}
