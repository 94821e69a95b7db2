package dev.agon.repair;

import java.util.ArrayList;
import java.util.List;

/** Collects the candidate edits of one file. Edits that change nothing are left out. */
final class EditList {

    private final String path;
    private final String text;
    private final List<Edit> edits = new ArrayList<>();

    EditList(String path, String text) {
        this.path = path;
        this.text = text;
    }

    void replace(EditKind kind, int start, int end, String replacement, double scale) {
        if (!replacement.contentEquals(text.subSequence(start, end))) {
            edits.add(new Edit(kind, path, start, end, replacement, kind.weight() * scale));
        }
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
