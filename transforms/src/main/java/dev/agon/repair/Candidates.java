package dev.agon.repair;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** All single edits of a tree. When two kinds make the same change, the likelier one is kept. */
final class Candidates {

    private static final EditOperators PYTHON = new PythonEdits();
    private static final EditOperators TEXT = new TextEdits();

    /** Factor for a file whose name is not mentioned in the statement or the check. */
    private static final double UNMENTIONED = 0.3;

    /** The highest weight that a boost may give. A kind with a higher weight keeps its weight. */
    private static final double MOST_BOOSTED = 6;

    /** Trees whose edits are cached: the untouched program and the best trees that edits are stacked on. */
    private static final int TREES = 4;

    private final LoadingCache<SourceTree, List<Edit>> known =
            CacheBuilder.newBuilder().maximumSize(TREES).build(CacheLoader.from(this::propose));
    private final Concern concern;
    private final Vocabulary vocabulary;
    private final Cues cues;

    Candidates(Concern concern, SourceTree original) {
        this.concern = concern;
        this.vocabulary = Vocabulary.of(concern.statement(), concern, original.files());
        this.cues = Cues.of(concern.statement());
    }

    /** The edits, in an order that depends on the tree alone. */
    List<Edit> of(SourceTree tree) {
        return known.getUnchecked(tree);
    }

    private List<Edit> propose(SourceTree tree) {
        boolean anyMentioned =
                tree.files().keySet().stream().anyMatch(path -> concern.likelihood(path) > 0 && isMentioned(path));
        Map<Edit, Edit> distinct = new LinkedHashMap<>();
        tree.files().forEach((path, text) -> {
            double likelihood = concern.likelihood(path) * (anyMentioned && !isMentioned(path) ? UNMENTIONED : 1);
            if (likelihood > 0) {
                EditOperators operators = Concern.isPython(path) ? PYTHON : TEXT;
                for (Edit edit : operators.propose(path, text, vocabulary)) {
                    if (edit.applyTo(text).isBlank()) {
                        continue; // sed cannot address a line of an empty file
                    }
                    distinct.merge(change(edit, text), boosted(edit, text).scaled(likelihood), Candidates::likelier);
                }
            }
        });
        return List.copyOf(distinct.values());
    }

    private boolean isMentioned(String path) {
        return vocabulary.words().contains(Concern.stem(path));
    }

    private Edit boosted(Edit edit, String text) {
        double boosted = Math.min(edit.weight() * cues.factor(edit, text), Math.max(edit.weight(), MOST_BOOSTED));
        return edit.scaled(boosted / edit.weight());
    }

    private static Edit likelier(Edit one, Edit other) {
        return other.weight() > one.weight() ? other : one;
    }

    /** The edit without the text that it does not change, so that equal changes are equal. */
    private static Edit change(Edit edit, String text) {
        int start = edit.start();
        int end = edit.end();
        int from = 0;
        int to = edit.replacement().length();
        while (start < end
                && from < to
                && text.charAt(start) == edit.replacement().charAt(from)) {
            start++;
            from++;
        }
        while (end > start
                && to > from
                && text.charAt(end - 1) == edit.replacement().charAt(to - 1)) {
            end--;
            to--;
        }
        return new Edit(
                EditKind.REPORTED, edit.path(), start, end, edit.replacement().substring(from, to), 0);
    }

    /**
     * Words of a statement that make some edits likelier: "ignoring case" suggests {@code lower()}. Each cue has words of the statement,
     * and words that the edit adds or removes.
     */
    static final class Cues {

        private static final double BOOST = 4;

        private static final List<Cue> CUES = List.of(
                new Cue("case|capital|upper|lower", "lower|upper|casefold|swapcase|-i\\b|IGNORECASE"),
                new Cue("absolute|distance|difference|negative", "\\babs\\b|fabs"),
                new Cue(
                        "sort|order|ascending|descending|first|rank|top|most",
                        "sort|reverse|\\[::-1\\]|-[nrk]\\b|\\bkey\\b"),
                new Cue("duplicate|unique|distinct|once|twice", "\\bset\\b|-u\\b|uniq|\\bin\\b"),
                new Cue("round|nearest|decimal|integer|whole", "round|\\bint\\b|ceil|floor|//|%d"),
                new Cue("numeric|number|version|digits", "\\bint\\b|\\bfloat\\b|-n\\b|-V\\b"),
                new Cue("space|blank|whitespace|strip|trim", "strip|\"\\$|split"),
                new Cue(
                        "largest|smallest|maximum|minimum|highest|lowest|at most|at least|cap|limit",
                        "\\bmax\\b|\\bmin\\b"),
                new Cue(
                        "\\ball\\b|\\bevery\\b|\\bboth\\b|\\bany\\b|\\beither\\b|\\bone of\\b",
                        "\\ball\\b|\\bany\\b|\\band\\b|\\bor\\b|&&|\\|\\|"),
                new Cue(
                        "exactly|at least|at most|or more|or less|inclusive|including|from|up to|until|between|boundary",
                        "[<>]=?|-[gl][te]\\b|bisect"),
                new Cue("last|end|missing|one (?:more|less|fewer|too)|off by", "[+-] ?1\\b|\\[-?1"),
                new Cue("header", "NR|tail|\\[1:\\]|next"),
                new Cue("reverse|backwards|opposite|other way", "reverse|\\[::-1\\]|-r\\b|\\bnot\\b|!"));

        private final List<Pattern> likely;

        private Cues(List<Pattern> likely) {
            this.likely = likely;
        }

        static Cues of(String statement) {
            return new Cues(CUES.stream()
                    .filter(cue -> cue.says().matcher(statement).find())
                    .map(Cue::edit)
                    .toList());
        }

        /** Factor on the weight of an edit: above 1 when the edit adds or removes what the statement mentions. */
        double factor(Edit edit, String text) {
            String before = text.substring(edit.start(), edit.end());
            for (Pattern pattern : likely) {
                if (!matches(pattern, edit.replacement()).equals(matches(pattern, before))) {
                    return BOOST;
                }
            }
            return 1;
        }

        private static List<String> matches(Pattern pattern, String text) {
            return pattern.matcher(text).results().map(MatchResult::group).toList();
        }

        private record Cue(Pattern says, Pattern edit) {

            Cue(String says, String edit) {
                this(Pattern.compile("(?i)\\b(?:" + says + ")"), Pattern.compile(edit));
            }
        }
    }
}
