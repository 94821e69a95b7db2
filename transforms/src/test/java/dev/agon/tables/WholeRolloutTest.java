package dev.agon.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.BlobKind;
import dev.agon.journal.JournalException;
import dev.agon.journal.JournalKey;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.TableName;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

class WholeRolloutTest {

    private static final JournalKey KEY = new JournalKey(BlobKind.ROLLOUTS, "t/0/0", "abc");
    private static final Rollout ROLLOUT = LongRollout.of("+one\n");

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    // What a pipeline that fails has begun may write there after it has ended.
    @TempDir(deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class)
    Path folder;

    private JournalStore journal;

    @BeforeEach
    void record() {
        journal = new JournalStore(folder.resolve("journal").toString());
        put(ROLLOUT);
    }

    @Test
    void theRowThatIsWrittenIsTheRolloutThatWasFinished() throws Exception {
        assertThat(written(WholeRollout.withoutLongParts(ROLLOUT, KEY.blobName())))
                .isEqualTo(ROLLOUT);
    }

    @Test
    void whatWasPaidIsOfTheRunThatWritesNotOfTheOneThatBought() throws Exception {
        Rollout found = Rollout.newBuilder(ROLLOUT)
                .setModelCallsPaid(0)
                .setCostUsdPaid(0)
                .build();
        assertThat(written(WholeRollout.withoutLongParts(found, KEY.blobName())))
                .isEqualTo(found);
    }

    @Test
    void aRolloutThatWasStoppedIsInNoEntryAndTravelsWhole() {
        RolloutRow stopped = new RolloutRow(LongRollout.of(""), null);
        assertThat(new WholeRollout(new JournalStore("nowhere")).apply(stopped)).isSameAs(stopped.getRollout());
    }

    @Test
    void aRowWhoseEntryHasGoneEndsTheRunWithAWordOnWhatToDo() throws Exception {
        Files.delete(folder.resolve("journal").resolve(KEY.blobName()));
        RolloutRow row = WholeRollout.withoutLongParts(ROLLOUT, KEY.blobName());
        String message = "the row of t/0/0 cannot be written: its entry rollouts/t/0/0/abc in the journal "
                + journal.location() + " is not there, or is damaged. It was there when the rollout was finished."
                + " Run again: only what the journal lacks is bought again";
        assertThatThrownBy(() -> new WholeRollout(journal).apply(row))
                .isInstanceOf(JournalException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> written(row)).hasStackTraceContaining(message);
    }

    @Test
    void aRowIsNeverCompletedWithTheStepsOfAnotherAttempt() {
        RolloutRow row = WholeRollout.withoutLongParts(ROLLOUT, KEY.blobName());
        put(Rollout.newBuilder(ROLLOUT).setDurationMs(78).build());
        assertThatThrownBy(() -> new WholeRollout(journal).apply(row))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("the row of t/0/0 cannot be written: its entry rollouts/t/0/0/abc")
                .hasMessageContaining("is now of another attempt");
    }

    @Test
    void aRolloutOfACorpusGetsThePlaceThatItsRowHas() throws Exception {
        put(Rollout.newBuilder(ROLLOUT).setRolloutId("").setIndex(0).build());
        Rollout placed =
                Rollout.newBuilder(ROLLOUT).setRolloutId("t/0/3").setIndex(3).build();
        assertThat(written(WholeRollout.withoutLongParts(placed, KEY.blobName())))
                .isEqualTo(placed);
    }

    private void put(Rollout rollout) {
        journal.open().put(KEY, new RecordedRollout(rollout, List.of(), "limits"));
    }

    private Rollout written(RolloutRow row) throws IOException {
        TableTarget target = new TableTarget(folder.resolve("out").toString(), "run", 1);
        TableRows rows = new TableRows(target, journal);
        rows.add(TableName.ROLLOUTS, pipeline.apply(Create.of(row)));
        rows.write(pipeline);
        pipeline.run().waitUntilFinish();
        PlainParquetConfiguration fields = new PlainParquetConfiguration();
        TableColumns.ofRecord(TableName.ROLLOUTS).forEach(fields::set);
        try (Stream<Path> files = Files.list(folder.resolve("out/rollouts"));
                ParquetReader<Rollout> reader = AvroParquetReader.<Rollout>builder(
                                new LocalInputFile(files.findFirst().orElseThrow()), fields)
                        .build()) {
            Rollout read = reader.read();
            assertThat(reader.read()).isNull();
            return read;
        }
    }
}
