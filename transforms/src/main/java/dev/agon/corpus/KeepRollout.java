package dev.agon.corpus;

import dev.agon.journal.Journal;
import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.Rollout;
import dev.agon.stores.JournalStore;
import dev.agon.trajectory.Trajectory;
import java.util.OptionalDouble;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;

/** Makes an attempt of a row of an earlier run's table of rollouts, and keeps it in the journal. Out goes its task and what travels. */
final class KeepRollout implements SerializableFunction<GenericRecord, KV<String, CorpusEntry>> {

    private final String run;
    private final JournalStore store;
    private transient Journal journal;

    KeepRollout(String run, JournalStore store) {
        this.run = run;
        this.store = store;
    }

    @Override
    public KV<String, CorpusEntry> apply(GenericRecord row) {
        if (journal == null) {
            journal = store.open();
        }
        Rollout rollout = (Rollout) row;
        return KV.of(rollout.getTaskId(), KeepTrajectory.in(journal, attempt(rollout)));
    }

    private Trajectory attempt(Rollout rollout) {
        String trial = rollout.getTrial() != null
                ? rollout.getTrial()
                : "%03d.%05d".formatted(rollout.getIteration(), rollout.getIndex());
        Rollout attempt = Rollout.newBuilder(rollout)
                .setRolloutId("")
                .setIteration(0)
                .setIndex(0)
                .setContextId(null)
                .setSource(OwnTables.source(run, rollout.getRolloutId()))
                .build();
        return new Trajectory(rollout.getTaskId(), trial, rollout.getTaskPrompt(), attempt, OptionalDouble.empty());
    }
}
