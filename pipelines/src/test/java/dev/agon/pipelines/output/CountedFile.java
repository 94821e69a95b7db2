package dev.agon.pipelines.output;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file that counts the bytes which are read of it. */
record CountedFile(InputFile file, AtomicLong count) implements InputFile {

    CountedFile(InputFile file) {
        this(file, new AtomicLong());
    }

    long bytes() {
        return count.get();
    }

    @Override
    public long getLength() throws IOException {
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        SeekableInputStream in = file.newStream();
        return new DelegatingSeekableInputStream(counting(in)) {
            @Override
            public long getPos() throws IOException {
                return in.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                in.seek(position);
            }
        };
    }

    private InputStream counting(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                count.incrementAndGet();
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                int read = in.read(bytes, start, length);
                count.addAndGet(Math.max(read, 0));
                return read;
            }
        };
    }
}
