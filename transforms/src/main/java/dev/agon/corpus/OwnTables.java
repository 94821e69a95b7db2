package dev.agon.corpus;

import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Grade;
import dev.agon.schemas.TableName;
import dev.agon.schemas.TaskRow;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the tables of an earlier run as a corpus: every rollout of every iteration is an attempt.
 *
 * <p>Out: the attempts at each task, each without its place, as if they were one file. An attempt that had no name gets one of its
 * iteration and slot, in whose order attempts are placed again. Statements come from the table of tasks, outcomes from the table of
 * grades. A rollout is in the journal before it goes on. A table that cannot be read ends the run, with the name of its file.
 */
final class OwnTables extends PTransform<PBegin, PCollection<CorpusFile>> {

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
    public PCollection<CorpusFile> expand(PBegin begin) {
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
        return KeyedPCollectionTuple.of(JoinOwnTables.ENTRIES, entries)
                .and(JoinOwnTables.STATEMENTS, statements)
                .and(JoinOwnTables.OUTCOMES, outcomes)
                .apply("ByTask", CoGroupByKey.create())
                .apply("Join", ParDo.of(new JoinOwnTables(from)));
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
                        ParquetIO.parseFilesGenericRecords(row).withCoder(KvCoder.of(StringUtf8Coder.of(), coder)));
    }

    /** Names a rollout of an earlier run. */
    static String source(String run, String rolloutId) {
        return "agon:" + run + "#" + rolloutId;
    }

    private static String pattern(String run, TableName table) {
        return run.replaceAll("/+$", "") + "/" + table.folder() + "/*.parquet";
    }
}
