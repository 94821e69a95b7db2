package dev.agon.repair;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the candidate edits of one file. Edits that change nothing are left out, and so are all that come once the list is full:
 * the edits of long values in long values would together be many times the file.
 */
final class EditList {

    private static final long MOST_BYTES = 64 << 20;
    /** What an edit takes beside its text. */
    private static final int BYTES_PER_EDIT = 100;

    private final String path;
    private final String text;
    private final List<Edit> edits = new ArrayList<>();
    private long bytes;

    EditList(String path, String text) {
        this.path = path;
        this.text = text;
    }

    void replace(EditKind kind, int start, int end, String replacement, double scale) {
        if (!isFull() && !replacement.contentEquals(text.subSequence(start, end))) {
            add(new Edit(kind, path, start, end, replacement, kind.weight() * scale));
        }
    }

    /** Adds an edit, unless the list is full. */
    void add(Edit edit) {
        if (!isFull()) {
            edits.add(edit);
            bytes += BYTES_PER_EDIT + edit.replacement().length();
        }
    }

    boolean isFull() {
        return bytes >= MOST_BYTES;
    }

    void replace(EditKind kind, int start, int end, String replacement) {
        replace(kind, start, end, replacement, 1);
    }

    void replace(EditKind kind, PythonNode node, String replacement) {
        replace(kind, node.start(), node.end(), replacement, 1);
    }

    void replace(EditKind kind, PythonNode node, String replacement, double scale) {
        replace(kind, node.start(), node.end(), replacement, scale);
    }

    /** Swaps two spans of the text. The first is before the second. */
    void swap(EditKind kind, int start, int end, int otherStart, int otherEnd, double scale) {
        replace(
                kind,
                start,
                otherEnd,
                text.substring(otherStart, otherEnd) + text.substring(end, otherStart) + text.substring(start, end),
                scale);
    }

    void swap(EditKind kind, PythonNode first, PythonNode second) {
        swap(kind, first.start(), first.end(), second.start(), second.end(), 1);
    }

    String text() {
        return text;
    }

    List<Edit> edits() {
        return edits;
    }
}
