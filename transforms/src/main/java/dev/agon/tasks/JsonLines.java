package dev.agon.tasks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a file as bytes. Each is kept up to a limit, so that no line can take all memory. */
final class JsonLines {

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int number;

    /**
     * @param in what is read
     * @param limit bytes kept of one line
     */
    JsonLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Number of the current line, from 1. */
    int number() {
        return number;
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param bytes the line without its end; only its beginning when it is too long
     * @param tooLong whether it was longer than the limit
     */
    record Line(int number, byte[] bytes, boolean tooLong) {

        boolean isBlank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return !tooLong;
        }
    }

    /** The next line; null after the last. */
    Line next() throws IOException {
        if (!fill()) {
            return null;
        }
        number++;
        boolean tooLong = false;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (fill()) {
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            int kept = Math.min(at - start, limit - bytes.size());
            bytes.write(buffer, start, kept);
            tooLong |= kept < at - start;
            if (at < end) {
                at++;
                break;
            }
        }
        return new Line(number, bytes.toByteArray(), tooLong);
    }

    /** Whether there is more. */
    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at < end;
    }
}
