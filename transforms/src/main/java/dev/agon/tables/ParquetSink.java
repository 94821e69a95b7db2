package dev.agon.tables;

import dev.agon.schemas.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.io.FileIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * One Parquet file of one table. It holds no Hadoop configuration: Beam's own sink carries one in every bundle, and reading that
 * back costs more than small tables themselves.
 */
final class ParquetSink<T extends SpecificRecord> implements FileIO.Sink<T> {

    private static final long serialVersionUID = 1L;

    /** Trajectories are long rows; a small row group bounds the writer's memory and lets readers skip. */
    private static final long ROW_GROUP_BYTES = 32L << 20;

    /** Rows after which the size of a group is looked at, at the latest: a hundred trajectories may be 32 MB or 1 GB. */
    private static final int MOST_ROWS_UNLOOKED = 16;

    private final TableName table;
    private final String runId;
    private transient ParquetWriter<T> writer;

    ParquetSink(TableName table, String runId) {
        this.table = table;
        this.runId = runId;
    }

    @Override
    public void open(WritableByteChannel channel) throws IOException {
        Configuration configuration = new Configuration(false);
        // Three-level lists: readers take a list of one-field records for what it is, and null elements are legal.
        configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
        writer = AvroParquetWriter.<T>builder(new ChannelFile(channel))
                .withSchema(table.schema())
                // The model of the record's class knows how its timestamps are written.
                .withDataModel(SpecificData.getForSchema(table.schema()))
                .withConf(configuration)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withMinRowCountForPageSizeCheck(1)
                .withMaxRowCountForPageSizeCheck(MOST_ROWS_UNLOOKED)
                .withExtraMetaData(Map.of(
                        "agon.table", table.folder(),
                        "agon.table.version", Integer.toString(TableName.VERSION),
                        "agon.run", runId))
                .build();
    }

    @Override
    public void write(T row) throws IOException {
        writer.write(row);
    }

    @Override
    public void flush() throws IOException {
        writer.close();
    }

    /** Beam closes the channel itself, after {@link #flush}. */
    private record ChannelFile(WritableByteChannel channel) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSize) {
            return new CountingStream(Channels.newOutputStream(channel));
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class CountingStream extends PositionOutputStream {

        private final OutputStream out;
        private long position;

        CountingStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
