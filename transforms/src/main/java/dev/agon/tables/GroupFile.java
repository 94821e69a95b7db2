package dev.agon.tables;

import java.io.ByteArrayInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file in memory, which has one row group. */
record GroupFile(byte[] bytes) implements InputFile {

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
