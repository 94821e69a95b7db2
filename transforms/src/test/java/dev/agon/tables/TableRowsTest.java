package dev.agon.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.Selection;
import dev.agon.schemas.Step;
import dev.agon.schemas.TableName;
import dev.agon.schemas.Vote;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableRowsTest {

    @TempDir
    Path run;

    @Test
    void theRowsOfATaskAreInOneFileSortedByIterationAndIndexAsNumbers() throws IOException {
        List<Rollout> rollouts = new ArrayList<>();
        for (int index = 11; index >= 0; index--) {
            for (String task : List.of("b", "a", "c", "d")) {
                rollouts.add(rollout(task, index % 2, index, ""));
            }
        }
        write(TableName.ROLLOUTS, 2, rollouts);

        List<Path> files = files(TableName.ROLLOUTS);
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("rollouts-00000-of-00002.parquet", "rollouts-00001-of-00002.parquet");
        assertThat(ids(files.get(0))).containsExactlyElementsOf(sorted("b", "d"));
        assertThat(ids(files.get(1))).containsExactlyElementsOf(sorted("a", "c"));
    }

    @Test
    void aRowGroupEndsWithTheRowThatFillsIt() throws IOException {
        int half = TableFile.GROUP_BYTES / 2;
        write(
                TableName.ROLLOUTS,
                1,
                List.of(
                        rollout("t", 0, 0, "x".repeat(half)),
                        rollout("t", 0, 1, "x".repeat(half)),
                        rollout("t", 0, 2, "x".repeat(2 * TableFile.GROUP_BYTES)),
                        rollout("t", 0, 3, "x"),
                        rollout("t", 0, 4, "x")));

        assertThat(footer(TableName.ROLLOUTS).getBlocks())
                .extracting(BlockMetaData::getRowCount)
                .containsExactly(2L, 1L, 2L);
        assertThat(ids(files(TableName.ROLLOUTS).get(0))).containsExactly("t/0/0", "t/0/1", "t/0/2", "t/0/3", "t/0/4");
    }

    @Test
    void eachRowGroupSaysWhichIdsItHas() throws IOException {
        String longText = "x".repeat(TableFile.GROUP_BYTES);
        write(TableName.ROLLOUTS, 1, List.of(rollout("b", 0, 0, longText), rollout("a", 0, 0, longText)));

        assertThat(footer(TableName.ROLLOUTS).getBlocks())
                .extracting(group -> group.getColumns().stream()
                        .filter(column -> column.getPath().toDotString().equals("rollout_id"))
                        .map(column -> column.getStatistics().maxAsString())
                        .findFirst()
                        .orElseThrow())
                .containsExactly("a/0/0", "b/0/0");
    }

    @Test
    void timestampsAndNullsInListsComeBack() throws IOException {
        Step whole = LongRollout.of("").getSteps().get(0);
        Step bare = Step.newBuilder(whole)
                .setNumber(2)
                .setCommands(List.of(CommandRun.newBuilder(whole.getCommands().get(0))
                        .setReturnCode(null)
                        .setObservation(null)
                        .build()))
                .build();
        Rollout rollout = rollout("t", 0, 0, "");
        rollout.setSteps(List.of(whole, bare));
        rollout.setLeaks(List.of("a", ""));
        write(TableName.ROLLOUTS, 1, List.of(rollout));

        assertThat(rows(files(TableName.ROLLOUTS).get(0))).containsExactly(rollout);
        assertThat(rollout.getStartedAt()).isEqualTo("2026-01-01T00:00:00.123Z");
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(files(TableName.ROLLOUTS).get(0)))) {
            assertThat(reader.getFileMetaData().getSchema().getColumns())
                    .extracting(column -> String.join(".", column.getPath()))
                    .contains("leaks.list.element", "steps.list.element.commands.list.element.return_code");
        }
    }

    @Test
    void aTableWithoutRowsGetsAFileWithItsColumns() throws IOException {
        write(TableName.VOTES, 3, List.<Vote>of());
        for (TableName table : TableName.values()) {
            assertThat(files(table)).hasSize(1);
            ParquetMetadata footer = footer(table);
            assertThat(footer.getBlocks()).isEmpty();
            assertThat(footer.getFileMetaData().getSchema().getFields())
                    .extracting(column -> column.getName())
                    .containsExactlyElementsOf(TableColumns.schema(table).getFields().stream()
                            .map(field -> field.name())
                            .toList());
        }
    }

    @Test
    void theMetadataNamesTableVersionAndRun() throws IOException {
        write(TableName.ROLLOUTS, 1, List.of(rollout("t", 0, 0, "")));
        ParquetMetadata footer = footer(TableName.ROLLOUTS);
        assertThat(footer.getFileMetaData().getKeyValueMetaData())
                .containsAllEntriesOf(Map.of(
                        "agon.table", "rollouts",
                        "agon.table.version", Integer.toString(TableName.VERSION),
                        "agon.run", "demo-1"));
        assertThat(footer.getBlocks().get(0).getColumns())
                .allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD);
    }

    @Test
    void aRowThatABugKeepsOutOfItsTableIsAFailure() throws IOException {
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        TableRows tables = tables(1);
        tables.add(
                TableName.SELECTIONS,
                pipeline.apply(Create.of(selection(1), selection(2)).withCoder(new FirstHasNoId())));
        tables.write(pipeline);
        pipeline.run().waitUntilFinish();

        assertThat(rows(files(TableName.SELECTIONS).get(0)))
                .extracting(row -> row.get("rollout_id").toString())
                .containsExactly("t/0/2");
        assertThat(rows(files(TableName.FAILURES).get(0))).singleElement().satisfies(failure -> {
            assertThat(failure.get("element_id")).hasToString("selections");
            assertThat(failure.get("task_id")).hasToString("t");
            assertThat(failure.get("kind")).hasToString("bug");
        });
    }

    private static Selection selection(int rank) {
        return new Selection("t", 0, "final", rank, "t/0/" + rank);
    }

    /** Loses the id of the first rollout on the way. */
    private static final class FirstHasNoId extends CustomCoder<Selection> {

        @Override
        public void encode(Selection row, OutputStream out) throws IOException {
            out.write(row.getRank());
        }

        @Override
        public Selection decode(InputStream in) throws IOException {
            Selection row = selection(in.read());
            if (row.getRank() == 1) {
                row.put("rollout_id", null);
            }
            return row;
        }
    }

    private TableRows tables(int files) {
        return new TableRows(
                new TableTarget(run.toString(), "demo-1", files),
                new JournalStore(run.resolve("journal").toString()));
    }

    private void write(TableName table, int files, List<? extends SpecificRecordBase> rows) {
        List<SpecificRecordBase> travelling = new ArrayList<>();
        rows.forEach(row -> travelling.add(row instanceof Rollout rollout ? new RolloutRow(rollout, null) : row));
        Class<SpecificRecordBase> record = WriteFile.record(table);
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        TableRows tables = tables(files);
        tables.add(table, pipeline.apply(Create.of(travelling).withCoder(AvroCoder.specific(record))));
        tables.write(pipeline);
        pipeline.run().waitUntilFinish();
    }

    private List<Path> files(TableName table) throws IOException {
        Path folder = run.resolve(table.folder());
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private ParquetMetadata footer(TableName table) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(new LocalInputFile(files(table).get(0)))) {
            return reader.getFooter();
        }
    }

    private static List<SpecificRecordBase> rows(Path file) throws IOException {
        List<SpecificRecordBase> rows = new ArrayList<>();
        PlainParquetConfiguration fields = new PlainParquetConfiguration();
        TableColumns.ofRecord(TableName.valueOf(
                        file.getParent().getFileName().toString().toUpperCase(Locale.ROOT)))
                .forEach(fields::set);
        try (ParquetReader<SpecificRecordBase> reader = AvroParquetReader.<SpecificRecordBase>builder(
                        new LocalInputFile(file), fields)
                .build()) {
            for (SpecificRecordBase row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<String> ids(Path file) throws IOException {
        return rows(file).stream().map(row -> ((Rollout) row).getRolloutId()).toList();
    }

    private static List<String> sorted(String... tasks) {
        List<String> ids = new ArrayList<>();
        for (String task : tasks) {
            Arrays.asList(0, 2, 4, 6, 8, 10).forEach(index -> ids.add(task + "/0/" + index));
            Arrays.asList(1, 3, 5, 7, 9, 11).forEach(index -> ids.add(task + "/1/" + index));
        }
        return ids;
    }

    private static Rollout rollout(String task, int iteration, int index, String submission) {
        return Rollout.newBuilder(LongRollout.of(submission))
                .setRolloutId(task + "/" + iteration + "/" + index)
                .setTaskId(task)
                .setIteration(iteration)
                .setIndex(index)
                .setSteps(List.of())
                .setStartedAt(Instant.parse("2026-01-01T00:00:00.123Z"))
                .build();
    }
}
