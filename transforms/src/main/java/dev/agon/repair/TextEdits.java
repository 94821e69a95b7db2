package dev.agon.repair;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proposes single edits of scripts, settings and other text: numbers, words and signs of a family, strings that the statement quotes,
 * misspelt words, separators, whole lines. Comment lines get no edits.
 */
final class TextEdits implements EditOperators {

    private static final Pattern TOKEN = Pattern.compile(
            "(?<![\\w-])-[a-z]{1,2}(?![\\w-])|[A-Za-z_][A-Za-z_0-9]*|[<>=!]=|&&|\\|\\||>>|\\+=|-=|\\+\\+|--|!~|[<>=+*/%~]|(?<=\\s)-(?=\\s)");

    private static final Pattern NUMBER =
            Pattern.compile("(?<![A-Za-z_0-9.]|[A-Za-z_]{2}-)\\d+(?:\\.\\d+)?(?![A-Za-z_0-9.]{0,40}[A-Za-z_]{2})");
    private static final Pattern FIELD = Pattern.compile("(?:(?<=\\$)|(?<=-[a-z])|(?<=,)|(?<=-[a-z] ))\\d+(?!\\d)");
    private static final Pattern STRING = Pattern.compile("\"([^\"\\n]*)\"|'([^'\\n]*)'");
    private static final Pattern VALUE =
            Pattern.compile("(?<=[:=] ?)[^\\s\"'#:=,{}\\[\\]]+(?=[,\\s]|$)", Pattern.MULTILINE);
    private static final Pattern SEPARATOR =
            Pattern.compile("(?<=[\"']|-[dtF] ?|IFS=)(\\\\t|[,;:|\\t ])(?=[\"'\\s]|$)", Pattern.MULTILINE);
    private static final List<String> SEPARATORS = List.of(",", ";", ":", "|", "\\t", " ");
    private static final Pattern COMMENT = Pattern.compile("^[^\\S\\n]*+(#|//|;).*$", Pattern.MULTILINE);
    private static final int SHORTEST_WORD = 4;

    @Override
    public List<Edit> propose(String path, String text, Vocabulary vocabulary) {
        EditList edits = new EditList(path, text);
        boolean shell = text.startsWith("#!") || path.matches(".*\\.(sh|bash|bats)") || !path.contains(".");
        tokens(edits, text, vocabulary);
        numbers(edits, text, vocabulary);
        strings(edits, text, vocabulary);
        settings(edits, text, vocabulary);
        lines(edits, text);
        if (shell) {
            new ShellEdits(edits).propose();
        }
        List<int[]> comments = COMMENT.matcher(text)
                .results()
                .map(match -> new int[] {match.start(), match.end()})
                .toList();
        return edits.edits().stream()
                .filter(edit ->
                        comments.stream().noneMatch(comment -> edit.start() > comment[0] && edit.end() <= comment[1]))
                .toList();
    }

    private static void tokens(EditList edits, String text, Vocabulary vocabulary) {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String word = token.group();
            for (WordFamilies.Sibling sibling : WordFamilies.of(word)) {
                edits.replace(sibling.kind(), token.start(), token.end(), sibling.word(), sibling.scale());
            }
            if (word.length() >= SHORTEST_WORD && !vocabulary.words().contains(word)) {
                for (String spelling : vocabulary.words()) {
                    if (misspelt(word, spelling)) {
                        edits.replace(EditKind.NAME, token.start(), token.end(), spelling);
                    }
                }
            }
        }
    }

    private static void numbers(EditList edits, String text, Vocabulary vocabulary) {
        Matcher field = FIELD.matcher(text);
        while (field.find() && field.group().length() < 4) {
            int value = Integer.parseInt(field.group());
            edits.replace(EditKind.FIELD, field.start(), field.end(), String.valueOf(value + 1));
            if (value > 0) {
                edits.replace(EditKind.FIELD, field.start(), field.end(), String.valueOf(value - 1));
            }
            for (int other = 1; other <= 5; other++) {
                edits.replace(EditKind.FIELD, field.start(), field.end(), String.valueOf(other), 0.4);
            }
        }
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            BigDecimal value = new BigDecimal(number.group());
            Set<String> others = new LinkedHashSet<>();
            others.add(value.add(BigDecimal.ONE).toPlainString());
            others.add(value.subtract(BigDecimal.ONE).toPlainString());
            others.add("0");
            others.add("1");
            others.add(value.movePointRight(1).toPlainString());
            others.add(value.movePointLeft(1).stripTrailingZeros().toPlainString());
            double scale = 2.0 / others.size();
            others.forEach(other -> edits.replace(EditKind.NUMBER, number.start(), number.end(), other, scale));
            double seen = 1 / Math.max(1, vocabulary.numbers().size() / 3.0);
            vocabulary
                    .numbers()
                    .forEach(other -> edits.replace(EditKind.NUMBER, number.start(), number.end(), other, seen));
        }
    }

    private static void strings(EditList edits, String text, Vocabulary vocabulary) {
        double scale = 1 / Math.max(1, vocabulary.strings().size() / 4.0);
        Matcher string = STRING.matcher(text);
        while (string.find()) {
            int group = string.group(1) != null ? 1 : 2;
            String inner = string.group(group);
            vocabulary
                    .strings()
                    .forEach(other ->
                            edits.replace(EditKind.STRING, string.start(group), string.end(group), other, scale));
            edits.replace(EditKind.STRING, string.start(group), string.end(group), inner.toLowerCase(Locale.ROOT), 0.3);
            edits.replace(EditKind.STRING, string.start(group), string.end(group), inner.toUpperCase(Locale.ROOT), 0.3);
            String quote = group == 1 ? "'" : "\"";
            edits.replace(EditKind.QUOTING, string.start(), string.end(), quote + inner + quote, 0.5);
            if (inner.matches("-?\\d+(\\.\\d+)?|true|false|null")) {
                edits.replace(EditKind.QUOTING, string.start(), string.end(), inner);
            }
        }
        Matcher value = VALUE.matcher(text);
        while (value.find()) {
            vocabulary
                    .strings()
                    .forEach(other -> edits.replace(EditKind.STRING, value.start(), value.end(), other, scale));
            edits.replace(EditKind.QUOTING, value.start(), value.end(), '"' + value.group() + '"', 0.5);
        }
        Matcher separator = SEPARATOR.matcher(text);
        while (separator.find()) {
            SEPARATORS.forEach(other -> edits.replace(EditKind.SEPARATOR, separator.start(), separator.end(), other));
        }
    }

    private static void settings(EditList edits, String text, Vocabulary vocabulary) {
        Matcher setting = Vocabulary.SETTING.matcher(text);
        while (setting.find()) {
            Set<String> values = vocabulary.valuesOf(setting.group(1));
            double scale = 1 / Math.max(1, values.size() / 4.0);
            int end = Vocabulary.endOfValue(setting, text);
            values.forEach(other -> edits.replace(EditKind.SETTING, setting.start(2), end, other, scale));
        }
    }

    private static void lines(EditList edits, String text) {
        int start = 0;
        while (start < text.length()) {
            int end = endOfLine(text, start);
            if (!text.substring(start, end).isBlank()) {
                edits.replace(EditKind.DELETED_STATEMENT, start, end, "");
                int next = endOfLine(text, end);
                if (next > end
                        && text.charAt(next - 1) == '\n'
                        && !text.substring(end, next).isBlank()) {
                    edits.swap(EditKind.MOVED_STATEMENT, start, end - 1, end, next - 1, 1);
                }
            }
            start = end;
        }
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    /** Whether the words differ by one character that is missing, added or changed, or by two swapped neighbours. */
    static boolean misspelt(String word, String spelling) {
        int longer = Math.max(word.length(), spelling.length());
        if (word.equals(spelling) || Math.abs(word.length() - spelling.length()) > 1 || longer < SHORTEST_WORD) {
            return false;
        }
        if (word.charAt(0) != spelling.charAt(0)
                && word.charAt(word.length() - 1) != spelling.charAt(spelling.length() - 1)) {
            return false;
        }
        int same = 0;
        while (same < Math.min(word.length(), spelling.length()) && word.charAt(same) == spelling.charAt(same)) {
            same++;
        }
        String rest = word.substring(same);
        String other = spelling.substring(same);
        return rest.equals(other.substring(Math.min(1, other.length())))
                || other.equals(rest.substring(Math.min(1, rest.length())))
                || (rest.length() == other.length()
                        && rest.length() > 0
                        && rest.substring(1).equals(other.substring(1)))
                || (rest.length() == other.length()
                        && rest.length() > 1
                        && rest.charAt(0) == other.charAt(1)
                        && rest.charAt(1) == other.charAt(0)
                        && rest.substring(2).equals(other.substring(2)));
    }
}
