package dev.agon.model.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All single edits of a tree, each change once, the likelier of two kinds that make the same change. */
final class Candidates {

    private static final EditOperators PYTHON = new PythonEdits();
    private static final EditOperators TEXT = new TextEdits();

    private final Concern concern;
    private final Vocabulary vocabulary;

    Candidates(TaskPrompt prompt, SourceTree original) {
        this.concern = new Concern(prompt.statement(), prompt.visibleCheck().orElse(""));
        List<String> checks = original.files().entrySet().stream()
                .filter(file -> concern.isCheck(file.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        this.vocabulary = Vocabulary.of(prompt.statement(), checks);
    }

    /** The edits, in an order that depends on the tree alone. */
    List<Edit> of(SourceTree tree) {
        Map<Edit, Edit> distinct = new LinkedHashMap<>();
        tree.files().forEach((path, text) -> {
            double likelihood = concern.likelihood(path);
            if (likelihood > 0) {
                EditOperators operators = Concern.isPython(path) ? PYTHON : TEXT;
                for (Edit edit : operators.propose(path, text, vocabulary)) {
                    distinct.merge(change(edit, text), edit.scaled(likelihood), Candidates::likelier);
                }
            }
        });
        return new ArrayList<>(distinct.values());
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
