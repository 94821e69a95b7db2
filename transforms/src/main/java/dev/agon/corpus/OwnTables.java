package dev.agon.corpus;

import dev.agon.schemas.Grade;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.TableName;
import dev.agon.schemas.TaskRow;
import dev.agon.trajectory.Trajectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/**
 * The tables of an earlier run as a corpus: every rollout of every iteration is an attempt.
 *
 * <p>In: the run's folder, in any of Beam's file systems. Out: its rollouts one at a time, in the order of the files, each without its place; an
 * attempt that had no name gets one of its iteration and slot, in whose order attempts are placed again. Statements come from the
 * table of tasks, outcomes from the table of grades. Memory holds one rollout, the statements, and a number for each grade.
 */
final class OwnTables {

    private static final String SOURCE = "agon";

    private OwnTables() {}

    /** Whether a folder has a table of rollouts. */
    static boolean in(String folder) throws IOException {
        return !files(folder, TableName.ROLLOUTS).isEmpty();
    }

    /**
     * @param run its folder
     * @param each gets the trajectories
     * @throws IOException when the folder has no table of rollouts, or a table cannot be read; names the file
     */
    static void read(String run, Consumer<Trajectory> each) throws IOException {
        if (!in(run)) {
            throw new IOException(run + " has no table of rollouts: expected the folder of a run");
        }
        Map<String, String> statements = new HashMap<>();
        rows(
                run,
                TableName.TASKS,
                TaskRow.getClassSchema(),
                (TaskRow task) -> statements.put(task.getTaskId(), task.getStatement()));
        Map<String, Double> rewards = new HashMap<>();
        rows(
                run,
                TableName.GRADES,
                Grade.getClassSchema(),
                (Grade grade) -> rewards.put(grade.getRolloutId(), grade.getReward()));
        rows(run, TableName.ROLLOUTS, Rollout.getClassSchema(), (Rollout rollout) -> {
            Double reward = rewards.get(rollout.getRolloutId());
            each.accept(new Trajectory(
                    rollout.getTaskId(),
                    trial(rollout),
                    statements.getOrDefault(rollout.getTaskId(), rollout.getTaskPrompt()),
                    attempt(rollout, run),
                    reward == null ? OptionalDouble.empty() : OptionalDouble.of(reward)));
        });
    }

    private static String trial(Rollout rollout) {
        return rollout.getTrial() != null
                ? rollout.getTrial()
                : "%03d.%05d".formatted(rollout.getIteration(), rollout.getIndex());
    }

    private static Rollout attempt(Rollout rollout, String run) {
        return Rollout.newBuilder(rollout)
                .setRolloutId("")
                .setIteration(0)
                .setIndex(0)
                .setContextId(null)
                .setModelCallsPaid(0)
                .setCostUsdPaid(0)
                .setTrial(trial(rollout))
                .setSource(SOURCE + ":" + run + "#" + rollout.getRolloutId())
                .build();
    }

    private static <T extends SpecificRecord> void rows(String run, TableName table, Schema schema, Consumer<T> each)
            throws IOException {
        for (String file : files(run, table)) {
            Path copy = Files.createTempFile("agon-table-", ".parquet"); // Parquet is read from its end
            try {
                copy(file, copy);
                try (ParquetReader<T> rows = AvroParquetReader.<T>builder(
                                new LocalInputFile(copy), new PlainParquetConfiguration())
                        .withDataModel(SpecificData.getForSchema(schema))
                        .build()) {
                    for (T row = next(rows, file); row != null; row = next(rows, file)) {
                        each.accept(row);
                    }
                }
            } finally {
                Files.deleteIfExists(copy);
            }
        }
    }

    /** Parquet has no exception of its own for a file that is none. */
    private static <T> T next(ParquetReader<T> rows, String file) throws IOException {
        try {
            return rows.read();
        } catch (RuntimeException broken) {
            throw new IOException(file + " cannot be read as a table: " + broken.getMessage(), broken);
        }
    }

    private static void copy(String from, Path to) throws IOException {
        try (InputStream in = new StoredFile(from).open()) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<String> files(String run, TableName table) throws IOException {
        return CorpusListing.match(run.replaceAll("/+$", "") + "/" + table.folder() + "/*.parquet").stream()
                .sorted()
                .toList();
    }
}
