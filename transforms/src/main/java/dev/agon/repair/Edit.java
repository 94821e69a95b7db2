package dev.agon.repair;

/**
 * One candidate edit of one file.
 *
 * @param kind the kind of edit
 * @param path the file, relative to the working folder
 * @param start offset of the first character it replaces
 * @param end offset after the last character it replaces
 * @param replacement the new text
 * @param weight how likely it is, relative to the other candidates; above 0
 */
record Edit(EditKind kind, String path, int start, int end, String replacement, double weight) {

    /** The file's text with this edit made. */
    String applyTo(String text) {
        return text.substring(0, start) + replacement + text.substring(end);
    }

    Edit scaled(double factor) {
        return new Edit(kind, path, start, end, replacement, weight * factor);
    }
}
