package dev.agon.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Grade;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.TaskRow;
import dev.agon.stores.JournalStore;
import dev.agon.stores.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTablesTest {

    private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00.123Z");

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    @TempDir
    private Path run;

    @TempDir
    private Path journal;

    @BeforeAll
    static void fileSystems() {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    }

    @Test
    void everyRolloutIsAnAttemptWithoutItsPlace() throws IOException {
        write("tasks/a.parquet", task("t", "Count."), task("without-rollouts", "Sum."));
        write("rollouts/a.parquet", rollout("t", 0, 2, null), rollout("u", 0, 0, null));
        write("rollouts/b.parquet", rollout("t", 1, 0, "named"));
        write("grades/a.parquet", grade("t/1/0", 0.5), grade("t/9/9", 1));

        PAssert.that(read(run.toString())).satisfies(files -> {
            Map<String, CorpusFile> tasks = new HashMap<>();
            files.forEach(file -> tasks.put(file.getEntries().get(0).getTaskId(), file));
            assertThat(tasks).containsOnlyKeys("t", "u");
            assertThat(tasks.get("t").getEntries())
                    .extracting(CorpusEntry::getTrial, CorpusEntry::getStatement)
                    .containsExactlyInAnyOrder(tuple("000.00002", "Count."), tuple("named", "Count."));
            assertThat(tasks.get("t").getOutcomes())
                    .extracting(CorpusOutcome::getTrial, CorpusOutcome::getResolved, CorpusOutcome::getReward)
                    .containsExactly(tuple("named", false, 0.5));
            assertThat(tasks.get("u").getEntries())
                    .extracting(CorpusEntry::getStatement)
                    .containsExactly("prompt");
            assertThat(tasks.get("u").getOutcomes()).isEmpty();
            assertThat(tasks.get("t").getEntries())
                    .extracting(CorpusEntry::getRollout)
                    .allSatisfy(OwnTablesTest::hasNoPlace);
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    private static void hasNoPlace(Rollout rollout) {
        assertThat(rollout.getRolloutId()).isEmpty();
        assertThat(rollout.getIteration()).isZero();
        assertThat(rollout.getIndex()).isZero();
        assertThat(rollout.getModelCallsPaid()).isZero();
        assertThat(rollout.getSource()).startsWith("agon:").contains("#t/");
        assertThat(rollout.getModelCalls()).isEqualTo(3);
        assertThat(rollout.getStartedAt()).isEqualTo(STARTED);
    }

    @Test
    void eachRolloutIsInTheJournalBeforeItGoesOn() throws IOException {
        write("rollouts/a.parquet", rollout("t", 0, 2, null));
        String store = journal.toString();
        PAssert.that(read(run.toString())).satisfies(files -> {
            CorpusEntry entry = files.iterator().next().getEntries().get(0);
            assertThat(new JournalStore(store)
                            .open()
                            .find(entry.getJournalKey(), RecordedRollout.class)
                            .orElseThrow()
                            .getRollout()
                            .getTaskPrompt())
                    .isEqualTo("prompt");
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void tablesOfAnotherFileSystemAreReadAsWell() throws IOException {
        write("rollouts/a.parquet", rollout("t", 0, 0, null));
        ObjectStore.put(
                "object://own-tables/run/rollouts/a.parquet", Files.readAllBytes(run.resolve("rollouts/a.parquet")));
        PAssert.that(read("object://own-tables/run/")).satisfies(files -> {
            assertThat(files)
                    .flatExtracting(CorpusFile::getEntries)
                    .extracting(CorpusEntry::getTaskId)
                    .containsExactly("t");
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aTableThatIsNoneOrWasCutOffIsNamedBeforeAnythingIsRead() throws Exception {
        write("rollouts/a.parquet", rollout("t", 0, 0, null));
        assertThat(CorpusListing.of(run.toString()))
                .isEqualTo(new CorpusListing(List.of(run.toString()), List.of(), true));
        byte[] whole = Files.readAllBytes(run.resolve("rollouts/a.parquet"));
        byte[] damaged = whole.clone();
        damaged[whole.length / 4] ^= 0x5a; // in a page
        for (byte[] broken :
                List.of(new byte[0], "no table".getBytes(UTF_8), Arrays.copyOf(whole, whole.length / 2), damaged)) {
            Files.createDirectories(run.resolve("grades"));
            Files.write(run.resolve("grades/a.parquet"), broken);
            assertThatThrownBy(() -> CorpusListing.of(run.toString()))
                    .isInstanceOf(BadCorpusException.class)
                    .hasMessageContaining("grades/a.parquet is no Parquet file, or is damaged");
        }
    }

    private PCollection<CorpusFile> read(String folder) {
        return pipeline.apply(new OwnTables(folder, new JournalStore(journal.toString())))
                .get(ReadTrajectories.FILES);
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
                .setStartedAt(STARTED)
                .setDurationMs(0)
                .setModel("m")
                .setSeed(0)
                .setTrial(trial)
                .build();
    }
}
