package dev.agon.tables;

import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.apache.avro.specific.SpecificRecord;

/** One file of a table, written without a pipeline, just as {@link WriteTable} writes them. */
public final class TableFile {

    private TableFile() {}

    /**
     * @param runId the run's id, for the file's metadata
     * @param file is not closed
     */
    public static <T extends SpecificRecord> void write(
            TableName table, String runId, Iterable<T> rows, WritableByteChannel file) throws IOException {
        ParquetSink<T> sink = new ParquetSink<>(table, runId);
        sink.open(file);
        for (T row : rows) {
            sink.write(row);
        }
        sink.flush();
    }
}
