package dev.agon.prompts;

/** Cuts long text in the middle, since its beginning and its end are the most useful. */
public final class Excerpt {

    private Excerpt() {}

    /** The text, or its two ends with a note of how much was left out, together about {@code most} characters. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int head = boundary(text, most / 2);
        int tail = boundary(text, text.length() - (most - most / 2));
        return text.substring(0, head) + "\n[... " + (tail - head) + " characters left out ...]\n"
                + text.substring(tail);
    }

    /** The position, moved where it would split a character. */
    private static int boundary(String text, int position) {
        return Character.isLowSurrogate(text.charAt(position)) ? position - 1 : position;
    }
}
