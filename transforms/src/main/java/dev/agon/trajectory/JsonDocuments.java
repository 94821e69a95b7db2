package dev.agon.trajectory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * The JSON documents in a file: one, or one on each line.
 *
 * <p>A file has one on each line when its first line looks like a whole object and another object follows. An unreadable line does not
 * end the reading. Errors name the field and the byte.
 */
final class JsonDocuments {

    /** No limit of its own for a string: the size of the file is limited. {@code NaN} and {@code Infinity} are no JSON. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private final byte[] bytes;
    private final boolean lines;
    private int next;
    private int line = 1;

    /** @throws BadTrajectoryException when there is nothing in the file, or it is in UTF-16 or UTF-32 */
    JsonDocuments(byte[] bytes) throws BadTrajectoryException {
        this.bytes = bytes;
        this.next = Utf8.afterByteOrderMark(bytes);
        skipBlank();
        if (next == bytes.length) {
            throw new BadTrajectoryException("", "the file is empty");
        }
        int end = endOfLine(next);
        int second = firstNotBlank(end);
        this.lines =
                bytes[next] == '{' && bytes[lastNotBlank(end)] == '}' && second < bytes.length && bytes[second] == '{';
    }

    boolean hasNext() {
        return next < bytes.length;
    }

    /** The place of the next document for messages, such as {@code line 3}; empty when the file has only one. */
    String place() {
        return lines ? "line " + line : "";
    }

    /** @throws BadTrajectoryException when it is no JSON; the next document can still be read */
    JsonNode next() throws BadTrajectoryException {
        int start = next;
        int end = lines ? endOfLine(start) : bytes.length;
        next = end;
        skipBlank();
        return parse(start, end);
    }

    private JsonNode parse(int start, int end) throws BadTrajectoryException {
        try (JsonParser parser = JSON.createParser(bytes, start, end - start)) {
            try {
                JsonNode document = JSON.readTree(parser);
                int more = firstNotBlank(start + (int) parser.currentLocation().getByteOffset());
                if (more < end) {
                    throw new BadTrajectoryException(
                            "", "after the document, at byte " + more + ", there is more that is no part of it");
                }
                return document;
            } catch (JsonProcessingException broken) {
                Utf8.check(bytes, start, end);
                String field = field(parser.getParsingContext().pathAsPointer());
                // A limit of the parser is an error without a place of its own.
                JsonLocation place = Optional.ofNullable(broken.getLocation()).orElse(parser.currentLocation());
                long at = start + place.getByteOffset();
                throw new BadTrajectoryException(
                        field,
                        broken instanceof JsonEOFException
                                ? "the document is cut off here: it ends at byte " + end + ", before it is complete"
                                : "is no JSON at byte " + at + ": " + reason(broken));
            }
        } catch (IOException unreadable) {
            throw new BadTrajectoryException("", "cannot be read as JSON: " + unreadable.getMessage());
        }
    }

    /** The message of the parser, without its advice to programmers. */
    private static String reason(JsonProcessingException broken) {
        String message = broken.getOriginalMessage();
        int advice = message.indexOf(": enable ");
        return advice < 0 ? message : message.substring(0, advice);
    }

    /** The path of the field as {@link BadTrajectoryException} has it. */
    private static String field(JsonPointer pointer) {
        StringBuilder path = new StringBuilder();
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            if (at.getMatchingIndex() >= 0) {
                path.append('[').append(at.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
            }
        }
        return path.toString();
    }

    private int endOfLine(int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private void skipBlank() {
        int to = firstNotBlank(next);
        for (int at = next; at < to; at++) {
            if (bytes[at] == '\n') {
                line++;
            }
        }
        next = to;
    }

    private int firstNotBlank(int from) {
        int at = from;
        while (at < bytes.length && blank(bytes[at])) {
            at++;
        }
        return at;
    }

    private int lastNotBlank(int end) {
        int at = end - 1;
        while (blank(bytes[at])) {
            at--;
        }
        return at;
    }

    private static boolean blank(byte value) {
        return value == ' ' || value == '\t' || value == '\r' || value == '\n';
    }
}
