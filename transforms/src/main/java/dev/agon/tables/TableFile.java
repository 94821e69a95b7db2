package dev.agon.tables;

import com.google.common.io.CountingOutputStream;
import dev.agon.schemas.TableName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * One Parquet file of a table.
 *
 * <p>In: rows, in the order that they are to have. Out: the file, compressed with zstd; its metadata names the table, its version and the
 * run. {@link ParquetIO} writes each row group, and the groups are joined as they are. By itself it would look at a group's size after a
 * hundred rows, and a hundred trajectories may be a gigabyte.
 */
public final class TableFile {

    /** Bytes of rows after which a row group ends. Whoever looks for one row reads one group; whoever writes holds one. */
    static final int GROUP_BYTES = 4 << 20;

    /** Without them each file that is opened loads a Hadoop configuration, which takes longer than to write a row group. */
    private static final ParquetReadOptions OPTIONS =
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build();

    private TableFile() {}

    /**
     * @param runId the run's id
     * @param rows are looked at once
     * @param file is not closed
     */
    public static <T extends SpecificRecordBase> void write(
            TableName table, String runId, Iterable<T> rows, WritableByteChannel file) throws IOException {
        Iterator<T> left = rows.iterator();
        TableColumns columns = new TableColumns(table, runId);
        InputFile group = group(table, columns, left);
        FileMetaData metadata;
        try (ParquetFileReader reader = ParquetFileReader.open(group, OPTIONS)) {
            metadata = reader.getFileMetaData();
        }
        try (ParquetFileWriter writer = new ParquetFileWriter(
                new ChannelFile(file), metadata.getSchema(), ParquetFileWriter.Mode.CREATE, GROUP_BYTES, 0)) {
            writer.start();
            append(group, writer);
            while (left.hasNext()) {
                append(group(table, columns, left), writer);
            }
            Map<String, String> keyValues = new HashMap<>(metadata.getKeyValueMetaData());
            keyValues.put("agon.table", table.folder());
            keyValues.put("agon.table.version", Integer.toString(TableName.VERSION));
            keyValues.put("agon.run", runId);
            writer.end(keyValues);
        }
    }

    private static <T extends SpecificRecordBase> InputFile group(
            TableName table, TableColumns columns, Iterator<T> rows) throws IOException {
        Configuration configuration = new Configuration(false);
        // Three-level lists: readers take a list of one-field records for what it is, and null elements are legal.
        configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
        ParquetIO.Sink sink = ParquetIO.sink(columns.schema())
                .withAvroDataModel(TableData.get())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withConfiguration(configuration);
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        sink.open(Channels.newChannel(group));
        CountingOutputStream bytes = new CountingOutputStream(OutputStream.nullOutputStream());
        BinaryEncoder counted = EncoderFactory.get().binaryEncoder(bytes, null);
        SpecificDatumWriter<T> counter = new SpecificDatumWriter<>(table.schema(), TableData.get());
        while (rows.hasNext() && bytes.getCount() < GROUP_BYTES) {
            T row = rows.next();
            sink.write(columns.of(row));
            counter.write(row, counted);
        }
        sink.flush();
        return new GroupFile(group.toByteArray());
    }

    private static void append(InputFile group, ParquetFileWriter writer) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(group, OPTIONS)) {
            reader.appendTo(writer);
        }
    }

    /** A Parquet file in memory, which has one row group. */
    private record GroupFile(byte[] bytes) implements InputFile {

        @Override
        public long getLength() {
            return bytes.length;
        }

        @Override
        public SeekableInputStream newStream() {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            return new DelegatingSeekableInputStream(in) {
                @Override
                public long getPos() {
                    return bytes.length - in.available();
                }

                @Override
                public void seek(long position) {
                    in.reset();
                    in.skip(position);
                }
            };
        }
    }

    /** A channel as a file that Parquet writes to. */
    private record ChannelFile(WritableByteChannel channel) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSize) throws IOException {
            return HadoopStreams.wrap(new FSDataOutputStream(Channels.newOutputStream(channel), null));
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) throws IOException {
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
}
