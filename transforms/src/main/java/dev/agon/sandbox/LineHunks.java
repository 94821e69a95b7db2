package dev.agon.sandbox;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * The hunks that turn one text into another, with three lines of context, as unified diffs have them.
 *
 * <p>The two texts are compared where they differ, between their common beginning and end. Where more lines than
 * {@link #MOST_COMPARED} remain, they are replaced as a whole: the patch is right and long, and no text, however hostile, takes
 * long to compare.
 */
final class LineHunks {

    /** The comparison's time grows with the square of this. */
    static final int MOST_COMPARED = 8_000;

    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final StringBuilder text = new StringBuilder();

    private LineHunks(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** All hunks; empty when the texts are equal. */
    static String of(String before, String after) {
        LineHunks hunks = new LineHunks(lines(before), lines(after));
        hunks.appendAll();
        return hunks.text.toString();
    }

    private void appendAll() {
        List<Change> hunk = new ArrayList<>();
        for (Change change : changes()) {
            if (!hunk.isEmpty() && change.start - hunk.get(hunk.size() - 1).end > 2 * CONTEXT) {
                append(hunk);
                hunk.clear();
            }
            hunk.add(change);
        }
        if (!hunk.isEmpty()) {
            append(hunk);
        }
    }

    private void append(List<Change> hunk) {
        Change first = hunk.get(0);
        Change last = hunk.get(hunk.size() - 1);
        int start = Math.max(0, first.start - CONTEXT);
        int end = Math.min(before.size(), last.end + CONTEXT);
        int newStart = first.newStart - (first.start - start);
        int newEnd = last.newEnd + (end - last.end);
        text.append("@@ -")
                .append(range(start, end))
                .append(" +")
                .append(range(newStart, newEnd))
                .append(" @@\n");
        int at = start;
        for (Change change : hunk) {
            append(' ', before.subList(at, change.start));
            append('-', before.subList(change.start, change.end));
            append('+', after.subList(change.newStart, change.newEnd));
            at = change.end;
        }
        append(' ', before.subList(at, end));
    }

    private void append(char sign, List<String> lines) {
        for (String line : lines) {
            text.append(sign).append(line);
            if (!line.endsWith("\n")) {
                text.append("\n\\ No newline at end of file\n");
            }
        }
    }

    /** Lines count from 1; a range of none stands after the line that it names. */
    private static String range(int start, int end) {
        int length = end - start;
        int line = length == 0 ? start : start + 1;
        return length == 1 ? Integer.toString(line) : line + "," + length;
    }

    private List<Change> changes() {
        int prefix = 0;
        int shorter = Math.min(before.size(), after.size());
        while (prefix < shorter && before.get(prefix).equals(after.get(prefix))) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix
                && before.get(before.size() - 1 - suffix).equals(after.get(after.size() - 1 - suffix))) {
            suffix++;
        }
        List<String> old = before.subList(prefix, before.size() - suffix);
        List<String> now = after.subList(prefix, after.size() - suffix);
        List<Change> changes = new ArrayList<>();
        if (old.size() + now.size() > MOST_COMPARED) {
            changes.add(new Change(prefix, prefix + old.size(), prefix, prefix + now.size()));
            return changes;
        }
        for (AbstractDelta<String> delta :
                DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>()).getDeltas()) {
            int start = prefix + delta.getSource().getPosition();
            int newStart = prefix + delta.getTarget().getPosition();
            Change change = new Change(
                    start,
                    start + delta.getSource().size(),
                    newStart,
                    newStart + delta.getTarget().size());
            Change last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
            // The library gives a replacement as an insertion and a deletion side by side.
            if (last != null && last.end == change.start && last.newEnd == change.newStart) {
                changes.set(changes.size() - 1, new Change(last.start, change.end, last.newStart, change.newEnd));
            } else {
                changes.add(change);
            }
        }
        return changes;
    }

    /** The lines of a text, each with the newline that ends it. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    /** Lines from start to end give way to others; ends are exclusive, lines count from 0. */
    private record Change(int start, int end, int newStart, int newEnd) {}
}
