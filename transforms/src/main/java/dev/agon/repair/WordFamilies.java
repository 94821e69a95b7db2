package dev.agon.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Families of words and signs in scripts and settings that authors confuse with one another. */
final class WordFamilies {

    private static final List<Families> FAMILIES = List.of(
            new Families(EditKind.TRUTH_VALUE, 1, "true false; True False; yes no; on off; enabled disabled"),
            new Families(EditKind.TRUTH_VALUE, 0.5, "null true false"),
            new Families(EditKind.COMPARISON, 1, "-lt -le -gt -ge; -eq -ne"),
            new Families(EditKind.COMPARISON, 0.3, "-eq -ge -gt -le -lt"),
            new Families(EditKind.COMPARISON, 0.6, "-z -n"),
            new Families(EditKind.COMPARISON, 0.4, "-f -d -e -s -r -x"),
            new Families(EditKind.COMPARISON, 1, "< <= > >= ==; == !="),
            new Families(EditKind.COMPARISON, 0.7, "= !=; ~ !~"),
            new Families(EditKind.BOOLEAN_OPERATOR, 1, "&& ||"),
            new Families(EditKind.BOOLEAN_OPERATOR, 0.6, "and or"),
            new Families(EditKind.ARITHMETIC, 1, "+ - *; / * %"),
            new Families(EditKind.ASSIGNMENT, 2, "= += -=; > >>"),
            new Families(EditKind.ASSIGNMENT, 0.7, "++ --"),
            new Families(EditKind.CONTROL, 1, "break continue; while until"),
            new Families(EditKind.CONTROL, 0.5, "exit return"),
            new Families(EditKind.FIELD, 1, "NR FNR NF"),
            new Families(
                    EditKind.SIBLING_FUNCTION,
                    2,
                    "head tail; min max sum avg mean median count; asc desc; ascending descending; upper lower; "
                            + "toupper tolower; sub gsub"),
            new Families(
                    EditKind.SIBLING_FUNCTION,
                    1,
                    "print printf echo; grep egrep fgrep; basename dirname; cat tac sort; cp mv; first last; "
                            + "start end; left right inner outer; include exclude; allow deny; any all none; before after; "
                            + "debug info warning error; DEBUG INFO WARNING ERROR; http https; tcp udp; "
                            + "hourly daily weekly monthly yearly; string integer number boolean array object; "
                            + "int float str bool list; staging production development test"));

    private static final Map<String, List<Sibling>> SIBLINGS = siblings();

    private WordFamilies() {}

    /** The words that may replace a word or sign; empty when it belongs to no family. */
    static List<Sibling> of(String word) {
        return SIBLINGS.getOrDefault(word, List.of());
    }

    private static Map<String, List<Sibling>> siblings() {
        Map<String, List<Sibling>> siblings = new HashMap<>();
        for (Families families : FAMILIES) {
            for (String family : families.words().split("; ")) {
                List<String> words = List.of(family.split(" "));
                for (String word : words) {
                    for (String other : words) {
                        if (!other.equals(word)) {
                            siblings.computeIfAbsent(word, key -> new ArrayList<>())
                                    .add(new Sibling(families.kind(), other, families.scale()));
                        }
                    }
                }
            }
        }
        return siblings;
    }

    /** Families of one kind, separated by semicolons. */
    private record Families(EditKind kind, double scale, String words) {}

    /**
     * One word that may replace another.
     *
     * @param kind the kind of that edit
     * @param word the word
     * @param scale factor on the kind's weight
     */
    record Sibling(EditKind kind, String word, double scale) {}
}
