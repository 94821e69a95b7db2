package dev.agon.tables;

import dev.agon.gathering.Encoded;
import dev.agon.schemas.TableName;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.WriteFilesResult;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Writes one table of a run as zstd Parquet files.
 *
 * <p>In: rows of the table's record, or what they are made of, each at the moment it is written. Out: a fixed number of files in the table's folder, or none when there is no row; then
 * {@link EmptyTables} writes one. The metadata of each file names the table, its version and the run.
 */
public final class WriteTable<I, T extends SpecificRecord> extends PTransform<PCollection<I>, WriteFilesResult<Void>> {

    private static final long serialVersionUID = 1L;

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
    public static <T extends SpecificRecord> WriteTable<T, T> of(TableName table, TableTarget target) {
        return new WriteTable<>(table, target, row -> row);
    }

    /**
     * Writes rows of which a part stays elsewhere until then: elements are gathered for each file, and many are held at once.
     *
     * @param row makes the row of an element; what it throws ends the run
     */
    public static <I, T extends SpecificRecord> WriteTable<I, T> of(
            TableName table, TableTarget target, SerializableFunction<I, T> row) {
        return new WriteTable<>(table, target, row);
    }

    @Override
    public WriteFilesResult<Void> expand(PCollection<I> rows) {
        Encoded<I> encoded = new Encoded<>(rows.getCoder());
        return rows.apply(
                        "Encode",
                        MapElements.into(TypeDescriptor.of(byte[].class)).via(encoded::encode))
                .apply(
                        "Write",
                        FileIO.<byte[]>write()
                                .via(
                                        Contextful.fn(bytes -> row.apply(encoded.decode(bytes))),
                                        new ParquetSink<T>(table, target.runId()))
                                .to(target.folder() + "/" + table.folder())
                                .withTempDirectory(target.folder() + "/" + TableTarget.UNFINISHED)
                                .withPrefix(table.folder())
                                .withSuffix(".parquet")
                                .withNumShards(target.files()));
    }
}
