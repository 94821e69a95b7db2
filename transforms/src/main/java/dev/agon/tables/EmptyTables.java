package dev.agon.tables;

import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;

/**
 * Gives every table of a run that has no row a file without rows: Beam writes no file for no rows, and whoever reads the tables
 * should find all of them, with their columns.
 */
public final class EmptyTables {

    private EmptyTables() {}

    /** Writes what is missing, once the pipeline has finished. */
    public static void fill(TableTarget target) throws IOException {
        for (TableName table : TableName.values()) {
            String folder = target.folder() + "/" + table.folder() + "/";
            if (FileSystems.match(folder + "*.parquet", EmptyMatchTreatment.ALLOW)
                    .metadata()
                    .isEmpty()) {
                try (WritableByteChannel file = FileSystems.create(
                        FileSystems.matchNewResource(folder + table.folder() + "-empty.parquet", false),
                        "application/vnd.apache.parquet")) {
                    TableFile.write(table, target.runId(), List.of(), file);
                }
            }
        }
    }
}
