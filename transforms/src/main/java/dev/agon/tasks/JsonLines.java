package dev.agon.tasks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a file as bytes, each held up to a limit, so that no line can take all memory. */
final class JsonLines implements Closeable {

    private final InputStream in;
    private final int limit;
    private int number;

    /** @param limit bytes kept of one line */
    JsonLines(Path file, int limit) throws IOException {
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        this.limit = limit;
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param bytes without the line's end; its beginning only when it is too long
     * @param tooLong whether it was longer than the limit
     */
    record Line(int number, byte[] bytes, boolean tooLong) {}

    /** The next line; null after the last. */
    Line next() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        boolean tooLong = false;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (bytes.size() < limit) {
                bytes.write(b);
            } else {
                tooLong = true;
            }
        }
        return new Line(number, bytes.toByteArray(), tooLong);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
