package dev.agon.tables;

import com.google.common.collect.Lists;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;

/**
 * One file of a table. What comes is gathered; when all has come, it is sorted, and one row after the other is completed and written.
 * Memory holds what comes of one file, and the whole rows of one row group.
 */
final class SortedSink<T extends SpecificRecordBase> implements FileIO.Sink<KV<String, byte[]>> {

    /** Of rows in one place the bytes decide, so that a file is the same each time. */
    private static final Comparator<KV<String, byte[]>> ORDER = Comparator.<KV<String, byte[]>, String>comparing(
                    KV::getKey)
            .thenComparing(KV::getValue, Arrays::compareUnsigned);

    private final TableName table;
    private final String runId;
    private final SerializableFunction<byte[], T> row;
    private transient WritableByteChannel file;
    private transient List<KV<String, byte[]>> rows;

    SortedSink(TableName table, String runId, SerializableFunction<byte[], T> row) {
        this.table = table;
        this.runId = runId;
        this.row = row;
    }

    @Override
    public void open(WritableByteChannel channel) {
        file = channel;
        rows = new ArrayList<>();
    }

    @Override
    public void write(KV<String, byte[]> encoded) {
        rows.add(encoded);
    }

    @Override
    public void flush() throws IOException {
        rows.sort(ORDER);
        TableFile.write(table, runId, Lists.transform(rows, encoded -> row.apply(encoded.getValue())), file);
    }
}
