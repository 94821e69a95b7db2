package dev.agon.tables;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A channel as a file that Parquet writes to. */
record ChannelFile(WritableByteChannel channel) implements OutputFile {

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
