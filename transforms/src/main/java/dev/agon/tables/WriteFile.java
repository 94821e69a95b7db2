package dev.agon.tables;

import dev.agon.gathering.Encoded;
import dev.agon.runtime.ProcessName;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.Lists;

/**
 * Writes one file of a table.
 *
 * <p>In: the file's name below the run's folder, and its rows as bytes with their places; an empty place is no row. Out: the file, its
 * rows sorted by {@link RowPlace}, each completed at the moment it is written. Memory holds the bytes of one file, and one row group.
 * The file gets its name when it is whole, so a runner may try a second time. What cannot be written ends the run.
 */
final class WriteFile extends DoFn<KV<String, Iterable<KV<String, byte[]>>>, Void> {

    /** Of rows in one place the bytes decide, so that a file is the same each time. */
    private static final Comparator<KV<String, byte[]>> ORDER = Comparator.<KV<String, byte[]>, String>comparing(
                    KV::getKey)
            .thenComparing(KV::getValue, Arrays::compareUnsigned);

    private static final Map<TableName, Encoded<SpecificRecord>> ROWS = new EnumMap<>(TableName.class);

    private static final AtomicLong FILES = new AtomicLong();

    static {
        for (TableName table : TableName.values()) {
            ROWS.put(table, new Encoded<>(AvroCoder.specific(record(table))));
        }
    }

    private final TableTarget target;
    private final WholeRollout whole;

    WriteFile(TableTarget target, WholeRollout whole) {
        this.target = target;
        this.whole = whole;
    }

    /** The record that stands for a row of the table on its way. */
    @SuppressWarnings("unchecked") // the classes of the schemas are made with them
    static <T extends SpecificRecord> Class<T> record(TableName table) {
        return (Class<T>)
                (table == TableName.ROLLOUTS
                        ? RolloutRow.class
                        : SpecificData.get().getClass(table.schema()));
    }

    /** A row with the file that it belongs to: all rows of one task are in one file. */
    static KV<String, KV<String, byte[]>> addressed(TableName table, SpecificRecord row, int files) {
        String place = RowPlace.of(row);
        return KV.of(
                name(table, RowPlace.file(place, files), files),
                KV.of(place, ROWS.get(table).encode(row)));
    }

    /** No row for the first file of each table: the file is there, with its columns, when the table has no other. */
    static List<KV<String, KV<String, byte[]>>> first(int files) {
        return Stream.of(TableName.values())
                .map(table -> KV.of(name(table, 0, files), KV.of("", new byte[0])))
                .toList();
    }

    private static String name(TableName table, int file, int files) {
        return "%s/%1$s-%05d-of-%05d.parquet".formatted(table.folder(), file, files);
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<KV<String, byte[]>>> file) throws IOException {
        List<KV<String, byte[]>> rows = new ArrayList<>();
        for (KV<String, byte[]> row : file.getValue()) {
            if (!row.getKey().isEmpty()) {
                rows.add(row);
            }
        }
        rows.sort(ORDER);
        TableName table = TableName.valueOf(
                file.getKey().substring(0, file.getKey().indexOf('/')).toUpperCase(Locale.ROOT));
        ResourceId part = below(TableTarget.UNFINISHED + "/" + ProcessName.VALUE + "-" + FILES.incrementAndGet());
        try (WritableByteChannel out = FileSystems.create(part, "application/vnd.apache.parquet")) {
            TableFile.write(table, target.runId(), Lists.transform(rows, row -> row(table, row.getValue())), out);
        }
        FileSystems.rename(List.of(part), List.of(below(file.getKey())));
    }

    private SpecificRecordBase row(TableName table, byte[] bytes) {
        SpecificRecord row = ROWS.get(table).decode(bytes);
        return row instanceof RolloutRow onItsWay ? whole.apply(onItsWay) : (SpecificRecordBase) row;
    }

    private ResourceId below(String name) {
        return FileSystems.matchNewResource(target.folder() + "/" + name, false);
    }
}
