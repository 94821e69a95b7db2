package dev.agon.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An edit in one line of text. Thoughts and summaries name it so, and later rollouts recognise it:
 * {@code comparison at shop/shipping.py:13:22 `>` -> `>=`}.
 *
 * @param kind {@link EditKind#id()} of the edit
 * @param place path, line and column (both from 1) of the first character it replaces
 * @param before the old text, shortened, on one line
 * @param after the new text, shortened, on one line
 */
record EditNote(String kind, String place, String before, String after) {

    private static final Pattern NOTE = Pattern.compile(Stream.of(EditKind.values())
            .map(EditKind::id)
            .collect(Collectors.joining("|", "\\b(", ") at (\\S+:\\d+:\\d+) `([^`]*)` -> `([^`]*)`")));
    private static final int LONGEST = 60;

    static EditNote of(Edit edit, String text) {
        int lineStart = text.lastIndexOf('\n', edit.start() - 1) + 1;
        long line =
                text.substring(0, edit.start()).chars().filter(c -> c == '\n').count() + 1;
        return new EditNote(
                edit.kind().id(),
                edit.path().replace(' ', '?') + ":" + line + ":" + (edit.start() - lineStart + 1),
                shorten(text.substring(edit.start(), edit.end())),
                shorten(edit.replacement()));
    }

    /** The notes in a text, in order. */
    static List<EditNote> allIn(String text) {
        List<EditNote> notes = new ArrayList<>();
        Matcher matcher = NOTE.matcher(text);
        while (matcher.find()) {
            notes.add(new EditNote(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
        }
        return notes;
    }

    static Optional<EditNote> firstIn(String text) {
        return allIn(text).stream().findFirst();
    }

    Optional<EditKind> editKind() {
        for (EditKind candidate : EditKind.values()) {
            if (kind.equals(candidate.id())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The note without the kind, since two kinds may make the same change. */
    String change() {
        return place + " " + before + " -> " + after;
    }

    String words() {
        return kind + " at " + place + " `" + before + "` -> `" + after + "`";
    }

    private static String shorten(String text) {
        String line = text.replace("\n", "\\n").replace('`', '\'');
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
