package dev.agon.repair;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All single edits of a tree, each change once, the likelier of two kinds that make the same change. */
final class Candidates {

    private static final EditOperators PYTHON = new PythonEdits();
    private static final EditOperators TEXT = new TextEdits();

    /** How much less likely a file is than one whose name the statement or the check mentions. */
    private static final double UNMENTIONED = 0.3;

    /** No boost makes an edit likelier than this, unless its kind does. */
    private static final double MOST_BOOSTED = 6;

    /** Trees whose edits are kept: the untouched program and the best ones that are built upon. */
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
                        continue; // sed has no line to go by in an empty file
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

    /** The edit without what it leaves as it was, so that equal changes are equal. */
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
}
