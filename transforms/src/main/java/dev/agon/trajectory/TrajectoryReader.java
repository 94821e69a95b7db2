package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agon.fields.DocumentShape;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file of a corpus, whatever format of {@link TrajectoryFormats} it has: a JSON document, or lines of which each is one;
 * as it is or gzipped.
 *
 * <p>Nothing that a file may hold is an exception here: what cannot be read is in {@link TrajectoriesOfFile#bad}. Memory is bounded
 * by {@link #BYTES_AT_MOST} and the document made from so many bytes.
 */
public final class TrajectoryReader {

    /** A file with more bytes, unpacked, is refused: it is held in memory as a whole. */
    public static final int BYTES_AT_MOST = 128 << 20;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final TrajectoryFormats formats;
    private final int bytesAtMost;

    public TrajectoryReader() {
        this(new TrajectoryFormats(), BYTES_AT_MOST);
    }

    TrajectoryReader(TrajectoryFormats formats, int bytesAtMost) {
        this.formats = formats;
        this.bytesAtMost = bytesAtMost;
    }

    /** Why a file of so many bytes is refused, for callers who know its size before they open it. */
    public static BadTrajectoryException tooLarge(long bytes) {
        return new BadTrajectoryException(
                "",
                "the file has " + bytes + " bytes; at most " + BYTES_AT_MOST
                        + " are read: split it, a trajectory a file");
    }

    /**
     * Reads a stream to its end, or to the limit; it is not closed.
     *
     * @param format one of {@link TrajectoryFormats#names} or {@link TrajectoryFormats#AUTO}
     * @throws IOException when the stream itself fails
     */
    public TrajectoriesOfFile read(InputStream stream, TrajectoryFile file, String format) throws IOException {
        byte[] bytes = stream.readNBytes(bytesAtMost + 1);
        return bytes.length > bytesAtMost ? TrajectoriesOfFile.nothing(tooLong()) : read(bytes, file, format);
    }

    /** Reads bytes that are in memory already; otherwise as {@link #read(InputStream, TrajectoryFile, String)}. */
    public TrajectoriesOfFile read(byte[] bytes, TrajectoryFile file, String format) {
        List<Trajectory> trajectories = new ArrayList<>();
        List<BadTrajectoryException> bad = new ArrayList<>();
        Map<String, Integer> alike = new HashMap<>();
        try {
            JsonDocuments documents = new JsonDocuments(unpacked(bytes));
            while (documents.hasNext()) {
                String where = documents.place();
                try {
                    JsonNode document = documents.next();
                    if (!where.isEmpty() && formats.begins(document, format)) {
                        ArrayNode session = JsonNodeFactory.instance.arrayNode().add(document);
                        while (documents.hasNext()) {
                            session.add(documents.next());
                        }
                        document = session;
                    }
                    if (format.equals(TrajectoryFormats.AUTO) && Bystander.is(document)) {
                        continue;
                    }
                    trajectories.addAll(read(document, file, formats.of(document, format)));
                } catch (BadTrajectoryException broken) {
                    // A file of another kind has thousands of lines, and one thing to say of all.
                    if (alike.merge(broken.getMessage(), 1, Integer::sum) == 1) {
                        bad.add(where.isEmpty() ? broken : broken.at(where));
                    }
                }
            }
        } catch (BadTrajectoryException whole) {
            bad.add(whole);
        }
        return new TrajectoriesOfFile(
                trajectories,
                bad.stream().map(first -> withOthers(first, alike)).toList());
    }

    private static BadTrajectoryException withOthers(BadTrajectoryException first, Map<String, Integer> alike) {
        int others = alike.entrySet().stream()
                        .filter(each -> first.getMessage().endsWith(each.getKey()))
                        .mapToInt(Map.Entry::getValue)
                        .max()
                        .orElse(1)
                - 1;
        return others == 0 ? first : first.and(others);
    }

    private static List<Trajectory> read(JsonNode document, TrajectoryFile file, TrajectoryFormat format)
            throws BadTrajectoryException {
        List<Trajectory> read = format.read(document, file);
        boolean nothing = read.stream()
                .flatMap(trajectory -> trajectory.rollout().getSteps().stream())
                .allMatch(step ->
                        step.getMessage().isBlank() && step.getCommands().isEmpty() && step.getObservation() == null);
        if (nothing && !format.recognises(document)) {
            throw new BadTrajectoryException(
                    "",
                    "holds nothing that the format " + format.name()
                            + " knows, which replay.format asks for: leave it out, and the format is found by looking. "
                            + DocumentShape.of(document));
        }
        return read;
    }

    private byte[] unpacked(byte[] bytes) throws BadTrajectoryException {
        if (bytes.length < 2 || (bytes[0] & 0xff) != GZIP_FIRST || (bytes[1] & 0xff) != GZIP_SECOND) {
            return bytes;
        }
        try (InputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] unpacked = unpacking.readNBytes(bytesAtMost + 1);
            if (unpacked.length > bytesAtMost) {
                throw tooLong();
            }
            return unpacked;
        } catch (EOFException truncated) {
            throw new BadTrajectoryException("", "the gzip file is cut off: it ends before its contents do");
        } catch (ZipException damaged) {
            throw new BadTrajectoryException("", "the gzip file is damaged: " + damaged.getMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private BadTrajectoryException tooLong() {
        return new BadTrajectoryException(
                "",
                "the file has more than " + bytesAtMost
                        + " bytes (unpacked), which is the most that is read: split it, a trajectory a file");
    }
}
