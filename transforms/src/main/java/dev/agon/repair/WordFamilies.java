package dev.agon.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words and signs of scripts and settings that are mistaken for one another, in families. */
final class WordFamilies {

    private static final List<Family> FAMILIES = List.of(
            new Family(EditKind.TRUTH_VALUE, 1, "true false"),
            new Family(EditKind.TRUTH_VALUE, 1, "True False"),
            new Family(EditKind.TRUTH_VALUE, 1, "yes no"),
            new Family(EditKind.TRUTH_VALUE, 1, "on off"),
            new Family(EditKind.TRUTH_VALUE, 1, "enabled disabled"),
            new Family(EditKind.TRUTH_VALUE, 0.5, "null true false"),
            new Family(EditKind.COMPARISON, 1, "-lt -le -gt -ge"),
            new Family(EditKind.COMPARISON, 1, "-eq -ne"),
            new Family(EditKind.COMPARISON, 0.3, "-eq -ge -gt -le -lt"),
            new Family(EditKind.COMPARISON, 0.6, "-z -n"),
            new Family(EditKind.COMPARISON, 0.4, "-f -d -e -s -r -x"),
            new Family(EditKind.COMPARISON, 1, "< <= > >= =="),
            new Family(EditKind.COMPARISON, 1, "== !="),
            new Family(EditKind.COMPARISON, 0.7, "= !="),
            new Family(EditKind.COMPARISON, 0.7, "~ !~"),
            new Family(EditKind.BOOLEAN_OPERATOR, 1, "&& ||"),
            new Family(EditKind.BOOLEAN_OPERATOR, 0.6, "and or"),
            new Family(EditKind.ARITHMETIC, 1, "+ - *"),
            new Family(EditKind.ARITHMETIC, 1, "/ * %"),
            new Family(EditKind.ASSIGNMENT, 2, "= += -="),
            new Family(EditKind.ASSIGNMENT, 2, "> >>"),
            new Family(EditKind.ASSIGNMENT, 0.7, "++ --"),
            new Family(EditKind.CONTROL, 1, "break continue"),
            new Family(EditKind.CONTROL, 1, "while until"),
            new Family(EditKind.CONTROL, 0.5, "exit return"),
            new Family(EditKind.FIELD, 1, "NR FNR NF"),
            new Family(EditKind.SIBLING_FUNCTION, 2, "head tail"),
            new Family(EditKind.SIBLING_FUNCTION, 2, "min max sum avg mean median count"),
            new Family(EditKind.SIBLING_FUNCTION, 2, "asc desc"),
            new Family(EditKind.SIBLING_FUNCTION, 2, "ascending descending"),
            new Family(EditKind.SIBLING_FUNCTION, 2, "upper lower"),
            new Family(EditKind.SIBLING_FUNCTION, 2, "toupper tolower"),
            new Family(EditKind.SIBLING_FUNCTION, 2, "sub gsub"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "print printf echo"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "grep egrep fgrep"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "basename dirname"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "cat tac sort"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "cp mv"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "first last"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "start end"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "left right inner outer"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "include exclude"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "allow deny"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "any all none"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "before after"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "debug info warning error"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "DEBUG INFO WARNING ERROR"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "http https"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "tcp udp"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "hourly daily weekly monthly yearly"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "string integer number boolean array object"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "int float str bool list"),
            new Family(EditKind.SIBLING_FUNCTION, 1, "staging production development test"));

    private static final Map<String, List<Sibling>> SIBLINGS = siblings();

    private WordFamilies() {}

    /** What may stand in the place of a word or sign; empty when it belongs to no family. */
    static List<Sibling> of(String word) {
        return SIBLINGS.getOrDefault(word, List.of());
    }

    private static Map<String, List<Sibling>> siblings() {
        Map<String, List<Sibling>> siblings = new HashMap<>();
        for (Family family : FAMILIES) {
            List<String> words = List.of(family.words().split(" "));
            for (String word : words) {
                for (String other : words) {
                    if (!other.equals(word)) {
                        siblings.computeIfAbsent(word, key -> new ArrayList<>())
                                .add(new Sibling(family.kind(), other, family.scale()));
                    }
                }
            }
        }
        return siblings;
    }

    private record Family(EditKind kind, double scale, String words) {}

    /**
     * One word that may stand in the place of another.
     *
     * @param kind what sort of edit that is
     * @param word the word
     * @param scale factor on the kind's weight
     */
    record Sibling(EditKind kind, String word, double scale) {}
}
