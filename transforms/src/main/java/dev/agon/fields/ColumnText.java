package dev.agon.fields;

/** Text as columns can hold it: valid Unicode, so that UTF-8 loses nothing. */
public final class ColumnText {

    private ColumnText() {}

    /** Whether there is no half of a surrogate pair in it. */
    public static boolean isValid(String text) {
        return firstLoneSurrogate(text) < 0;
    }

    /** The text with a replacement character for each half of a surrogate pair; nearly always the text itself. */
    public static String valid(String text) {
        int first = firstLoneSurrogate(text);
        if (first < 0) {
            return text;
        }
        StringBuilder valid = new StringBuilder(text.length()).append(text, 0, first);
        text.codePoints()
                .skip(text.codePointCount(0, first))
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(valid::appendCodePoint);
        return valid.toString();
    }

    private static int firstLoneSurrogate(String text) {
        char[] characters = text.toCharArray(); // each charAt() would ask again how the text is stored
        for (int i = 0; i < characters.length; i++) {
            if (Character.isSurrogate(characters[i])) {
                if (!Character.isHighSurrogate(characters[i])
                        || i + 1 == characters.length
                        || !Character.isLowSurrogate(characters[i + 1])) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
