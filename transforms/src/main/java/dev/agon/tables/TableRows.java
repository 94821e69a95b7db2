package dev.agon.tables;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.TableName;
import dev.agon.stores.JournalStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.Sets;

/**
 * Gathers the rows of each table from all steps and writes every table as zstd Parquet files, also those without rows.
 *
 * <p>Out: a folder for each table with as many files as the target says, or fewer. All rows of a task are in one file, and the rows of a
 * file are sorted: see {@link RowPlace}. The metadata of each file names the table, its version and the run. A row that a bug keeps out of its
 * table is a failure. What is wrong with a file, and so with the disk or the journal, ends the run: there would be no table that says so.
 */
public final class TableRows {

    private static final TupleTag<KV<String, KV<String, byte[]>>> ADDRESSED = new TupleTag<>("addressed") {};

    private final TableTarget target;
    private final JournalStore journal;
    private final Map<TableName, List<PCollection<? extends SpecificRecord>>> rows = new EnumMap<>(TableName.class);
    private final List<PCollection<Failure>> failures = new ArrayList<>();

    /** @param journal holds the long parts of rollouts until their rows are written */
    public TableRows(TableTarget target, JournalStore journal) {
        this.target = target;
        this.journal = journal;
    }

    /** Adds rows. They are records of the table; only the table of rollouts takes {@link RolloutRow}s. */
    public void add(TableName table, PCollection<? extends SpecificRecord> part) {
        rows.computeIfAbsent(table, name -> new ArrayList<>()).add(part);
    }

    /** The failures of steps that have no other rows; what is added here is a row of the table of failures. */
    public List<PCollection<Failure>> failures() {
        return failures;
    }

    /** Adds the steps that write all tables, in one grouping by file; nothing more is added after that. */
    public void write(Pipeline pipeline) {
        int files = target.files();
        Coder<KV<String, KV<String, byte[]>>> coder =
                KvCoder.of(StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
        PCollectionList<KV<String, KV<String, byte[]>>> all = PCollectionList.of(pipeline.apply(
                        "Start", Impulse.create())
                .apply(
                        "FirstFiles",
                        FlatMapElements.into(coder.getEncodedTypeDescriptor()).via(start -> WriteFile.first(files)))
                .setCoder(coder));
        for (TableName table : Sets.difference(rows.keySet(), Set.of(TableName.FAILURES))) {
            PCollectionTuple addressed = together(table)
                    .apply(
                            "Rows_" + table.folder(),
                            MapEach.of(
                                    (row, out) -> out.give(ADDRESSED, WriteFile.addressed(table, row, files)),
                                    row -> MapEach.ofTask("tables", RowPlace.task(row))
                                            .setElementId(table.folder()),
                                    ADDRESSED));
            all = all.and(addressed.get(ADDRESSED).setCoder(coder));
            failures.add(addressed.get(MapConcurrently.FAILURES));
        }
        failures.forEach(part -> add(TableName.FAILURES, part));
        all.and(together(TableName.FAILURES)
                        .apply(
                                "Rows_failures",
                                MapElements.into(coder.getEncodedTypeDescriptor())
                                        .via(row -> WriteFile.addressed(TableName.FAILURES, row, files)))
                        .setCoder(coder))
                .apply("AllRows", Flatten.pCollections())
                .apply("Files", GroupByKey.create())
                .apply("WriteTables", ParDo.of(new WriteFile(target, new WholeRollout(journal))));
    }

    @SuppressWarnings("unchecked") // the parts of one table are all of one record
    private <T extends SpecificRecord> PCollection<T> together(TableName table) {
        List<PCollection<T>> parts = new ArrayList<>();
        rows.get(table).forEach(part -> parts.add((PCollection<T>) part));
        return parts.size() == 1
                ? parts.get(0)
                : PCollectionList.of(parts).apply(table.folder(), Flatten.pCollections());
    }
}
