package dev.agon.summarize;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a text into parts of bounded length. In: its pieces, in order. Out: parts, which together are the text. A part ends where a
 * piece ends, but where a piece is longer than a part: that one is divided at the ends of its lines. Each part depends on what comes
 * before its end alone, so that the parts before the last stay as they are when the text grows. There are no more than two parts for
 * each full one, and one more.
 */
final class TraceParts {

    private TraceParts() {}

    /** @param most characters of a part, 2 or more */
    static List<String> of(List<String> pieces, int most) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String piece : pieces) {
            if (piece.length() <= most && part.length() + piece.length() > most) {
                close(part, parts);
            }
            int from = 0;
            while (part.length() + piece.length() - from > most) {
                int to = end(piece, from, from + most / 2 - part.length(), from + most - part.length());
                part.append(piece, from, to);
                close(part, parts);
                from = to;
            }
            part.append(piece, from, piece.length());
        }
        if (part.length() > 0) {
            parts.add(part.toString());
        }
        return parts;
    }

    private static void close(StringBuilder part, List<String> parts) {
        parts.add(part.toString());
        part.setLength(0);
    }

    /** After the last line that ends in between; where none does, at the end, but where that would split a character. */
    private static int end(String piece, int from, int least, int most) {
        int line = piece.lastIndexOf('\n', most - 1);
        if (line >= Math.max(from, least)) {
            return line + 1;
        }
        return most > from && Character.isLowSurrogate(piece.charAt(most)) ? most - 1 : most;
    }
}
