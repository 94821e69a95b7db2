package dev.agon.model.repair;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the task's own texts offer to edits: words, strings and numbers of the statement and of the files that were read, and which
 * functions they speak of.
 *
 * @param strings what stands in quotes or backticks, without them; the statement's first
 * @param numbers numbers of the statement, as written
 * @param words identifiers of the statement and of the check
 */
record Vocabulary(Set<String> strings, Set<String> numbers, Set<String> words) {

    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"\\n\\\\]{0,40})\"|'([^'\\n\\\\]{0,40})'|`([^`\\n]{1,40})`");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w.]*\\w)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

    static Vocabulary of(String statement, Collection<String> checks) {
        Set<String> strings = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        quoted(statement, strings);
        words(statement, words);
        for (String check : checks) {
            words(check, words);
        }
        Set<String> numbers = new LinkedHashSet<>(
                NUMBER.matcher(statement).results().map(m -> m.group()).toList());
        return new Vocabulary(strings, numbers, words);
    }

    /** What stands in quotes or backticks in a text. */
    static void quoted(String text, Set<String> strings) {
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= 3; group++) {
                if (matcher.group(group) != null) {
                    strings.add(matcher.group(group));
                }
            }
        }
    }

    private static void words(String text, Set<String> words) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }
}
