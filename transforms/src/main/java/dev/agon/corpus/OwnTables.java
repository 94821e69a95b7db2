package dev.agon.corpus;

import dev.agon.concurrency.MapEach;
import dev.agon.journal.Journal;
import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Grade;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.TableName;
import dev.agon.schemas.TaskRow;
import dev.agon.stores.JournalStore;
import dev.agon.tables.TableColumns;
import dev.agon.trajectory.Trajectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads the tables of an earlier run as a corpus: every rollout of every iteration is an attempt.
 *
 * <p>Out: the attempts at each task, each without its place, as if they were one file. An attempt that had no name gets one of its
 * iteration and slot, in whose order attempts are placed again. Statements come from the table of tasks, outcomes from the table of
 * grades. A rollout is in the journal before it goes on. The listing has read each table once, so that a damaged one
 * is known before.
 */
final class OwnTables extends PTransform<PBegin, PCollectionTuple> {

    private static final TupleTag<CorpusEntry> ENTRIES = new TupleTag<>("entries") {};
    private static final TupleTag<String> STATEMENTS = new TupleTag<>("statements") {};
    /** Each has the source of its attempt where the attempt's name is to be. */
    private static final TupleTag<CorpusOutcome> OUTCOMES = new TupleTag<>("outcomes") {};

    private final String run;
    private final JournalStore journal;

    /** @param run its folder, in any of Beam's file systems */
    OwnTables(String run, JournalStore journal) {
        this.run = run;
        this.journal = journal;
    }

    /** The files of a table of a run, sorted. */
    static List<String> files(String run, TableName table) throws IOException {
        return CorpusListing.match(pattern(run, table)).stream().sorted().toList();
    }

    @Override
    public PCollectionTuple expand(PBegin begin) {
        String from = run;
        PCollection<KV<String, CorpusEntry>> entries =
                rows(begin, TableName.ROLLOUTS, AvroCoder.specific(CorpusEntry.class), new KeepRollout(run, journal));
        PCollection<KV<String, String>> statements = rows(begin, TableName.TASKS, StringUtf8Coder.of(), row -> {
            TaskRow task = (TaskRow) row;
            return KV.of(task.getTaskId(), task.getStatement());
        });
        PCollection<KV<String, CorpusOutcome>> outcomes =
                rows(begin, TableName.GRADES, AvroCoder.specific(CorpusOutcome.class), row -> {
                    Grade grade = (Grade) row;
                    double reward = grade.getReward();
                    String id = source(from, grade.getRolloutId());
                    return KV.of(
                            grade.getTaskId(), new CorpusOutcome(grade.getTaskId(), id, reward >= 1, reward, from, 0));
                });
        return KeyedPCollectionTuple.of(ENTRIES, entries)
                .and(STATEMENTS, statements)
                .and(OUTCOMES, outcomes)
                .apply("ByTask", CoGroupByKey.create())
                .apply(
                        "Join",
                        MapEach.of(
                                (task, out) -> join(from, task.getValue(), out),
                                task -> MapEach.ofTask("trajectories", task.getKey()),
                                ReadTrajectories.FILES));
    }

    private <T> PCollection<KV<String, T>> rows(
            PBegin begin, TableName table, Coder<T> coder, SerializableFunction<GenericRecord, KV<String, T>> row) {
        return begin.apply(
                        "Match_" + table.folder(),
                        FileIO.match()
                                .filepattern(pattern(run, table))
                                .withEmptyMatchTreatment(EmptyMatchTreatment.ALLOW))
                .apply("Open_" + table.folder(), FileIO.readMatches())
                .apply(
                        "Read_" + table.folder(),
                        ParquetIO.parseFilesGenericRecords(row)
                                .withConfiguration(TableColumns.ofRecord(table))
                                .withCoder(KvCoder.of(StringUtf8Coder.of(), coder)));
    }

    /** Names a rollout of an earlier run. */
    static String source(String run, String rolloutId) {
        return "agon:" + run + "#" + rolloutId;
    }

    private static String pattern(String run, TableName table) {
        return run.replaceAll("/+$", "") + "/" + table.folder() + "/*.parquet";
    }

    /** Makes an attempt of a row of an earlier run's table of rollouts, and keeps it in the journal. Out goes its task and what travels. */
    private static final class KeepRollout implements SerializableFunction<GenericRecord, KV<String, CorpusEntry>> {

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
                    .setSource(source(run, rollout.getRolloutId()))
                    .build();
            return new Trajectory(rollout.getTaskId(), trial, rollout.getTaskPrompt(), attempt, OptionalDouble.empty());
        }
    }

    /**
     * Brings together what the tables of an earlier run say of one task: its attempts get the statement, and its outcomes the names of
     * the attempts that they are of. An outcome without an attempt is left out, and so is a task without one.
     */
    private static void join(String run, CoGbkResult task, MapEach.Outputs out) {
        List<CorpusEntry> entries = new ArrayList<>();
        Map<String, String> trials = new HashMap<>();
        for (CorpusEntry entry : task.getAll(ENTRIES)) {
            String statement = task.getOnly(STATEMENTS, entry.getStatement());
            entries.add(CorpusEntry.newBuilder(entry).setStatement(statement).build());
            trials.put(entry.getRollout().getSource(), entry.getTrial());
        }
        List<CorpusOutcome> outcomes = new ArrayList<>();
        for (CorpusOutcome outcome : task.getAll(OUTCOMES)) {
            String trial = trials.get(outcome.getTrial());
            if (trial != null) {
                outcomes.add(CorpusOutcome.newBuilder(outcome).setTrial(trial).build());
            }
        }
        if (!entries.isEmpty()) {
            out.give(ReadTrajectories.FILES, new CorpusFile(run, entries, outcomes, List.of(), List.of()));
        }
    }
}
