package dev.agon.beam;

import dev.agon.schemas.TableName;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.WriteFilesResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes one table of a run as zstd Parquet files.
 *
 * <p>In: rows, all of the table's record. Out: a fixed number of files in the table's folder, or none when there is no row; then
 * {@link EmptyTables} writes one. The metadata of each file names the table, its version and the run.
 */
public final class WriteTable<T extends SpecificRecord> extends PTransform<PCollection<T>, WriteFilesResult<Void>> {

    private static final long serialVersionUID = 1L;

    private final TableName table;
    private final TableTarget target;

    private WriteTable(TableName table, TableTarget target) {
        this.table = table;
        this.target = target;
    }

    /**
     * @param table the table
     * @param target folder of the run, its id and the number of files for each table
     */
    public static <T extends SpecificRecord> WriteTable<T> of(TableName table, TableTarget target) {
        return new WriteTable<>(table, target);
    }

    @Override
    public WriteFilesResult<Void> expand(PCollection<T> rows) {
        return rows.apply(
                "Write",
                FileIO.<T>write()
                        .via(new ParquetSink<>(table, target.runId()))
                        .to(target.folder() + "/" + table.folder())
                        .withTempDirectory(target.folder() + "/" + TableTarget.UNFINISHED)
                        .withPrefix(table.folder())
                        .withSuffix(".parquet")
                        .withNumShards(target.files()));
    }
}
