package dev.agon.evidence;

/** Terminal output as plain lines: with a bounded length, without escape sequences and control characters. */
final class TerminalText {

    /** Most characters of one output: half from its beginning, half from its end. */
    static final int MOST_CHARACTERS = 40_000;

    private static final int MOST_CHARACTERS_OF_A_LINE = 2_000;
    private static final char ESCAPE = 0x1B;

    private TerminalText() {}

    /** The plain text. It is read character by character, since regular expressions over long outputs would take most of the time. */
    static String plain(String text) {
        String bounded = bounded(text);
        StringBuilder plain = new StringBuilder(bounded.length());
        int lineStart = 0;
        for (int i = 0; i < bounded.length(); i++) {
            char c = bounded.charAt(i);
            if (c == ESCAPE) {
                i = endOfEscape(bounded, i);
            } else if (c == '\n' || c == '\r') {
                boolean ofOneBreak = c == '\r' && i + 1 < bounded.length() && bounded.charAt(i + 1) == '\n';
                if (!ofOneBreak) {
                    plain.append('\n');
                    lineStart = plain.length();
                }
            } else if (plain.length() - lineStart < MOST_CHARACTERS_OF_A_LINE) {
                plain.append(c < ' ' && c != '\t' ? ' ' : c);
            }
        }
        return plain.toString();
    }

    /** Position of the last character of an escape sequence: a letter after {@code ESC [ 0-9 ; ?}, or the one character after. */
    private static int endOfEscape(String text, int escape) {
        int i = escape + 1;
        if (i >= text.length() || text.charAt(i) != '[') {
            return Math.min(i, text.length() - 1);
        }
        i++;
        while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < '@') {
            i++;
        }
        return Math.min(i, text.length() - 1);
    }

    /** The last characters of a text. */
    static String end(String text, int most) {
        return text.length() <= most ? text : text.substring(text.length() - most);
    }

    /** A text as one line of at most so many characters: each run of white characters becomes one space. */
    static String line(String text, int most) {
        String stripped = text.strip();
        StringBuilder line = new StringBuilder(Math.min(stripped.length(), most + 1));
        boolean white = false;
        for (int i = 0; i < stripped.length() && line.length() <= most; i++) {
            char c = stripped.charAt(i);
            boolean before = white;
            white = c == ' ' || c >= '\t' && c <= '\r';
            if (!white || !before) {
                line.append(white ? ' ' : c);
            }
        }
        return line.length() <= most ? line.toString() : line.substring(0, most - 1) + "…";
    }

    private static String bounded(String text) {
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, MOST_CHARACTERS / 2) + "\n" + text.substring(text.length() - MOST_CHARACTERS / 2);
    }
}
