package dev.agon.repair;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Words of a statement that make some edits likelier: who reads "ignoring case" thinks of {@code lower()} first. Each cue has what
 * the statement says and what the edit brings in or takes out.
 */
final class Cues {

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

    /** Factor on the weight of an edit: above 1 when what it changes is what the statement speaks of. */
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
