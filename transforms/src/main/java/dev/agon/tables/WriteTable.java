package dev.agon.tables;

import dev.agon.gathering.Encoded;
import dev.agon.schemas.TableName;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.WriteFilesResult;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Writes one table of a run as zstd Parquet files.
 *
 * <p>In: rows of the table's record, or what they are made of, each at the moment it is written. Out: files in the table's folder, as
 * many as the target says or fewer, or none when there is no row; then {@link EmptyTables} writes one. All rows of a task are in one
 * file, and the rows of a file are sorted: see {@link RowPlace}. The metadata of each file names the table, its version and the run.
 */
public final class WriteTable<I extends SpecificRecord, T extends SpecificRecordBase>
        extends PTransform<PCollection<I>, WriteFilesResult<Integer>> {

    private final TableName table;
    private final TableTarget target;
    private final SerializableFunction<I, T> row;

    private WriteTable(TableName table, TableTarget target, SerializableFunction<I, T> row) {
        this.table = table;
        this.target = target;
        this.row = row;
    }

    /**
     * @param table the table
     * @param target folder of the run, its id and the number of files for each table
     */
    public static <T extends SpecificRecordBase> WriteTable<T, T> of(TableName table, TableTarget target) {
        return new WriteTable<>(table, target, row -> row);
    }

    /**
     * Writes rows of which a part stays elsewhere until then: elements are gathered for each file, and many are held at once.
     *
     * @param row makes the row of an element; what it throws ends the run
     */
    public static <I extends SpecificRecord, T extends SpecificRecordBase> WriteTable<I, T> of(
            TableName table, TableTarget target, SerializableFunction<I, T> row) {
        return new WriteTable<>(table, target, row);
    }

    @Override
    public WriteFilesResult<Integer> expand(PCollection<I> rows) {
        Encoded<I> encoded = new Encoded<>(rows.getCoder());
        SerializableFunction<byte[], T> whole = bytes -> row.apply(encoded.decode(bytes));
        int files = target.files();
        String name = table.folder();
        return rows.apply(
                        "Encode",
                        MapElements.into(
                                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(byte[].class)))
                                .via(element -> KV.of(RowPlace.of(element), encoded.encode(element))))
                .apply(
                        "Write",
                        FileIO.<Integer, KV<String, byte[]>>writeDynamic()
                                .by(element -> RowPlace.file(element.getKey(), files))
                                .withDestinationCoder(VarIntCoder.of())
                                .via(new SortedSink<>(table, target.runId(), whole))
                                .to(target.folder() + "/" + name)
                                .withTempDirectory(target.folder() + "/" + TableTarget.UNFINISHED)
                                .withNaming(file -> (window, pane, shards, shard, compression) ->
                                        "%s-%05d-of-%05d.parquet".formatted(name, file, files))
                                .withNumShards(1));
    }
}
