package dev.agon.tasks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of records: JSON lines or a JSON list, either of them plain or compressed by gzip, or Parquet. Its first bytes show which. */
final class RecordFile {

    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int LOOK = 1 << 12;

    private RecordFile() {}

    /**
     * Reads all records, whatever the file is.
     *
     * @throws BadInputException when there is no such file, or it cannot be read at all
     */
    static void read(Path file, Records records) throws BadInputException {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + (Files.exists(file) ? " is not a file" : " does not exist")
                    + ": tasks.path must be a file of JSON lines, a JSON list or Parquet");
        }
        try (InputStream in = open(file)) {
            byte[] beginning = peek(in);
            if (Arrays.equals(PARQUET, Arrays.copyOf(beginning, PARQUET.length))) {
                ParquetRecords.read(file, records);
            } else if (isList(beginning)) {
                JsonList.read(file, in, records);
            } else {
                lines(file, in, records);
            }
        } catch (IOException e) {
            throw new BadInputException(
                    file + " cannot be read (" + e + "): check its permissions, and that it is whole", e);
        }
    }

    /** The file's bytes, decompressed where they are compressed by gzip. */
    private static InputStream open(Path file) throws IOException {
        InputStream plain = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        byte[] beginning = peek(plain);
        boolean gzip = beginning.length > 1 && beginning[0] == 0x1f && (beginning[1] & 0xff) == 0x8b;
        return gzip ? new BufferedInputStream(new GZIPInputStream(plain, 1 << 16), 1 << 16) : plain;
    }

    private static byte[] peek(InputStream in) throws IOException {
        in.mark(LOOK);
        byte[] beginning = in.readNBytes(LOOK);
        in.reset();
        return beginning;
    }

    /** Whether the file is one list. A line that holds an empty or nested list is not the beginning of one. */
    private static boolean isList(byte[] beginning) {
        String text = new String(beginning, StandardCharsets.UTF_8).strip();
        return text.matches("(?s)\\x{feff}?\\s*\\[\\s*([{\\]].*)?");
    }

    private static void lines(Path file, InputStream in, Records records) throws IOException {
        JsonLines lines = new JsonLines(in, TaskContent.MAX_BYTES);
        try {
            for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
                String place = file + ":" + line.number();
                try {
                    if (!line.isBlank()) {
                        records.record(place, JsonRecord.parse(line));
                    }
                } catch (BadRecordException e) {
                    records.bad(place, e);
                }
            }
        } catch (EOFException | ZipException e) {
            records.bad(
                    file + ":" + lines.number(),
                    new BadRecordException(
                            "the compressed file is damaged from here on (" + e.getMessage() + "): get it anew", e));
        }
    }
}
