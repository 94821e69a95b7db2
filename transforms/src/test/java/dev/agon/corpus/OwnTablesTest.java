package dev.agon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.agon.schemas.Grade;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.TaskRow;
import dev.agon.stores.ObjectStore;
import dev.agon.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTablesTest {

    @TempDir
    private Path run;

    @BeforeAll
    static void fileSystems() {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    }

    @Test
    void everyRolloutIsAnAttemptWithoutItsPlace() throws IOException {
        write("tasks/a.parquet", task("t", "Count."));
        write("rollouts/a.parquet", rollout("t", 0, 2, null), rollout("t", 1, 0, "named"));
        write("grades/a.parquet", grade("t/1/0", 0.5));

        List<Trajectory> trajectories = read();
        assertThat(trajectories)
                .extracting(Trajectory::taskId, Trajectory::trial, Trajectory::statement, Trajectory::reward)
                .containsExactly(
                        tuple("t", "000.00002", "Count.", OptionalDouble.empty()),
                        tuple("t", "named", "Count.", OptionalDouble.of(0.5)));
        assertThat(trajectories).extracting(Trajectory::rollout).allSatisfy(rollout -> {
            assertThat(rollout.getRolloutId()).isEmpty();
            assertThat(rollout.getIteration()).isZero();
            assertThat(rollout.getIndex()).isZero();
            assertThat(rollout.getModelCallsPaid()).isZero();
            assertThat(rollout.getSource()).startsWith("agon:" + run);
            assertThat(rollout.getModelCalls()).isEqualTo(3);
        });
    }

    @Test
    void tablesOfAnotherFileSystemAreReadAsWell() throws IOException {
        write("rollouts/a.parquet", rollout("t", 0, 0, null));
        ObjectStore.put(
                "object://own-tables/run/rollouts/a.parquet", Files.readAllBytes(run.resolve("rollouts/a.parquet")));
        List<Trajectory> trajectories = new ArrayList<>();
        OwnTables.read("object://own-tables/run/", trajectories::add);
        assertThat(trajectories).extracting(Trajectory::taskId).containsExactly("t");
    }

    @Test
    void aFolderWithoutRolloutsAndABrokenTableAreNamed() throws IOException {
        assertThat(OwnTables.in(run.toString())).isFalse();
        assertThatThrownBy(() -> read()).hasMessageContaining("has no table of rollouts");
        Files.createDirectories(run.resolve("rollouts"));
        Files.writeString(run.resolve("rollouts/a.parquet"), "this is no table at all");
        assertThatThrownBy(() -> read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.parquet cannot be read as a table");
    }

    private List<Trajectory> read() throws IOException {
        List<Trajectory> trajectories = new ArrayList<>();
        OwnTables.read(run.toString(), trajectories::add);
        return trajectories;
    }

    @SafeVarargs
    private <T extends SpecificRecord> void write(String file, T... rows) throws IOException {
        Files.createDirectories(run.resolve(file).getParent());
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        configuration.setBoolean("parquet.avro.write-old-list-structure", false);
        try (ParquetWriter<T> writer = AvroParquetWriter.<T>builder(new LocalOutputFile(run.resolve(file)))
                .withSchema(rows[0].getSchema())
                .withDataModel(SpecificData.getForSchema(rows[0].getSchema()))
                .withConf(configuration)
                .build()) {
            for (T row : rows) {
                writer.write(row);
            }
        }
    }

    private static TaskRow task(String id, String statement) {
        return TaskRow.newBuilder()
                .setTaskId(id)
                .setDataSet("d")
                .setStatement(statement)
                .setWorkdir("/")
                .setContentHash("")
                .build();
    }

    private static Grade grade(String rolloutId, double reward) {
        return Grade.newBuilder()
                .setRolloutId(rolloutId)
                .setTaskId("t")
                .setIteration(0)
                .setResolved(reward >= 1)
                .setReward(reward)
                .setDurationMs(0)
                .build();
    }

    private static Rollout rollout(String task, int iteration, int index, String trial) {
        return Rollout.newBuilder()
                .setRolloutId(task + "/" + iteration + "/" + index)
                .setTaskId(task)
                .setIteration(iteration)
                .setIndex(index)
                .setOutcome("submitted")
                .setExitStatus("Submitted")
                .setSubmission("")
                .setSystemPrompt("")
                .setTaskPrompt("prompt")
                .setStepCount(0)
                .setModelCalls(3)
                .setModelCallsPaid(3)
                .setInputTokens(0)
                .setCachedTokens(0)
                .setOutputTokens(0)
                .setCostUsd(1)
                .setCostUsdPaid(1)
                .setStartedAt(Instant.EPOCH)
                .setDurationMs(0)
                .setModel("m")
                .setSeed(0)
                .setTrial(trial)
                .build();
    }
}
