package dev.agon.repair;

import dev.agon.repair.PythonNode.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proposes single edits of the functions in a Python file. Functions that the statement or the check names are preferred, since an
 * edit of a function below them passes a weak check too easily.
 */
final class PythonEdits implements EditOperators {

    private static final double UNMENTIONED = 0.1;

    @Override
    public List<Edit> propose(String path, String text, Vocabulary vocabulary) {
        EditList edits = new EditList(path, text);
        List<PythonFunction> functions = PythonFunction.of(text);
        Set<String> names = functions.stream()
                .map(PythonFunction::name)
                .filter(name -> !name.equals(PythonFunction.MODULE))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean anyMentioned = names.stream().anyMatch(vocabulary.words()::contains);
        for (PythonFunction function : functions) {
            EditList own = new EditList(path, text);
            propose(function, names, own, vocabulary);
            boolean mentioned = vocabulary.words().contains(function.name());
            double scale = mentioned || !anyMentioned ? 1 : UNMENTIONED;
            own.edits().forEach(edit -> edits.add(edit.scaled(scale)));
        }
        return edits.edits();
    }

    private static void propose(PythonFunction function, Set<String> names, EditList edits, Vocabulary vocabulary) {
        Set<String> literals = new LinkedHashSet<>();
        for (PythonStatement statement : function.body()) {
            Vocabulary.quoted(
                    edits.text()
                            .substring(
                                    statement.line().start(), statement.line().end()),
                    literals);
        }
        PythonExpressionEdits expressions =
                new PythonExpressionEdits(edits, function.variables(), literals, vocabulary);
        PythonCallEdits calls = new PythonCallEdits(edits, names);
        for (PythonStatement statement : function.body()) {
            statement.conditions().forEach(expressions::negate);
            for (PythonNode condition : statement.conditions()) {
                walk(condition, expressions, calls);
            }
            for (PythonNode value : statement.values()) {
                walk(value, expressions, calls);
                if (value.kind() != Kind.CALL
                        || statement.assignment().isPresent()
                        || !statement.keyword().isEmpty()) {
                    calls.wrap(value);
                }
            }
            for (PythonNode target : statement.targets()) {
                if (statement.keyword().isEmpty()) {
                    target.walk(node -> {
                        if (node.kind() == Kind.NAME) {
                            expressions.names(node, 0.5);
                        } else if (node.kind() != Kind.TUPLE) {
                            calls.propose(node);
                        }
                    });
                } else {
                    expressions.propose(target);
                }
            }
        }
        if (!function.name().equals(PythonFunction.MODULE)) {
            new PythonStatementEdits(
                            edits, function.body().subList(1, function.body().size()))
                    .propose();
        }
    }

    private static void walk(PythonNode node, PythonExpressionEdits expressions, PythonCallEdits calls) {
        expressions.propose(node);
        calls.propose(node);
        if (node.kind() == Kind.FOR) {
            node.children().subList(2, node.children().size()).forEach(expressions::negate);
        }
        if (node.kind() == Kind.CONDITIONAL) {
            expressions.negate(node.child(1));
        }
        for (int i = 0; i < node.children().size(); i++) {
            PythonNode child = node.child(i);
            boolean callee = node.kind() == Kind.CALL && i == 0;
            boolean target = node.kind() == Kind.FOR && i == 0;
            if (callee) {
                child.children().forEach(inner -> walk(inner, expressions, calls));
            } else if (!target) {
                walk(child, expressions, calls);
                if (wrapped(node, i)) {
                    calls.wrap(child);
                }
            }
        }
    }

    /** Parts around which calls and offsets make sense. */
    private static boolean wrapped(PythonNode parent, int index) {
        return switch (parent.kind()) {
            case CALL ->
                index > 0
                        && parent.child(index).kind() != Kind.KEYWORD
                        && parent.child(index).kind() != Kind.STAR;
            case COMPARISON, ARITHMETIC, CONDITIONAL, LAMBDA, KEYWORD, COMPREHENSION ->
                parent.child(index).kind() != Kind.FOR && parent.child(index).kind() != Kind.NUMBER;
            case FOR -> index == 1;
            default -> false;
        };
    }
}
