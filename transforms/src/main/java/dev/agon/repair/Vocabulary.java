package dev.agon.repair;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of the task that edits can use: words, strings and numbers of the statement, words of the checks, values of settings.
 *
 * @param strings quoted texts of the statement, without their quotes or backticks
 * @param numbers numbers of the statement, as written
 * @param words identifiers of the statement and of the checks
 * @param settings values by key, of all files that were read
 */
record Vocabulary(Set<String> strings, Set<String> numbers, Set<String> words, Map<String, Set<String>> settings) {

    private static final int LONGEST = 40;
    private static final Pattern QUOTED =
            Pattern.compile("`([^`\\n]+)`|(?<!\\w)\"([^\"\\n\\\\]*)\"(?!\\w)|(?<!\\w)'([^'\\n\\\\]*)'(?!\\w)");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?:\\.\\d+)?(?!\\w|\\.\\w)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

    /** Key and value of one line: {@code key = value}, {@code "key": "value"}, {@code key value;}. */
    static final Pattern SETTING = Pattern.compile(
            "^[ \\t]*(?:- )?\"?([A-Za-z_][\\w.-]*)\"?(?:[ \\t]*[=:][ \\t]*|[ \\t]+)([^\\s=].*)$", Pattern.MULTILINE);

    /** Where the value of a setting ends: one comma or semicolon, and blanks before it, are no part of it. */
    static int endOfValue(Matcher setting, String text) {
        int shortest = setting.start(2) + 1;
        int end = setting.end(2);
        if (end > shortest && ",;".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        while (end > shortest && " \t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /**
     * @param files text by path of all files that were read
     */
    static Vocabulary of(String statement, Concern concern, Map<String, String> files) {
        Set<String> strings = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        Map<String, Set<String>> settings = new LinkedHashMap<>();
        quoted(statement, strings);
        words(statement, words);
        files.forEach((path, text) -> {
            if (concern.isCheck(path)) {
                words(text, words);
            } else if (concern.isSettings(path)) {
                Matcher setting = SETTING.matcher(text);
                while (setting.find()) {
                    settings.computeIfAbsent(setting.group(1), key -> new LinkedHashSet<>())
                            .add(text.substring(setting.start(2), endOfValue(setting, text)));
                }
            }
        });
        Set<String> numbers = new LinkedHashSet<>(
                NUMBER.matcher(statement).results().map(match -> match.group()).toList());
        return new Vocabulary(strings, numbers, words, settings);
    }

    /** Quoted texts, without their quotes or backticks. Long ones are left out. */
    static void quoted(String text, Set<String> strings) {
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= 3; group++) {
                if (matcher.group(group) != null && matcher.group(group).length() <= LONGEST) {
                    strings.add(matcher.group(group));
                }
            }
        }
    }

    /** All values that the key of a setting has in the files. */
    Set<String> valuesOf(String key) {
        return settings.getOrDefault(key, Collections.emptySet());
    }

    private static void words(String text, Set<String> words) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }
}
