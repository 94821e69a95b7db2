package dev.agon.repair;

import dev.agon.repair.PythonNode.Kind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Edits of operators, operands, constants and names of one Python expression. */
final class PythonExpressionEdits {

    private static final Map<String, List<String>> COMPARISONS = Map.of(
            "<", List.of("<=", ">", ">=", "=="),
            "<=", List.of("<", ">=", ">", "=="),
            ">", List.of(">=", "<", "<=", "=="),
            ">=", List.of(">", "<=", "<", "=="),
            "==", List.of("!=", "<=", ">=", "<", ">"),
            "!=", List.of("==", "<", ">", "<=", ">="),
            "in", List.of("not in"),
            "not in", List.of("in"),
            "is", List.of("is not"),
            "is not", List.of("is"));

    private static final Map<String, List<String>> ARITHMETIC = Map.ofEntries(
            Map.entry("+", List.of("-", "*")),
            Map.entry("-", List.of("+", "*", "%", "/")),
            Map.entry("*", List.of("+", "/", "**", "//", "-")),
            Map.entry("/", List.of("//", "*", "%")),
            Map.entry("//", List.of("/", "%", "*")),
            Map.entry("%", List.of("//", "/", "*", "-")),
            Map.entry("**", List.of("*", "//")),
            Map.entry("&", List.of("|", "^")),
            Map.entry("|", List.of("&", "^")),
            Map.entry("^", List.of("&", "|", "**")),
            Map.entry("<<", List.of(">>")),
            Map.entry(">>", List.of("<<")));

    private static final Set<String> COMMUTE = Set.of("*", "&", "|", "^", "@");
    private static final int STRINGS_PER_LITERAL = 10;

    private final EditList edits;
    private final String text;
    private final Set<String> variables;
    private final Vocabulary vocabulary;
    private final Set<String> literals;

    PythonExpressionEdits(EditList edits, Set<String> variables, Set<String> literals, Vocabulary vocabulary) {
        this.edits = edits;
        this.text = edits.text();
        this.variables = variables;
        this.literals = literals;
        this.vocabulary = vocabulary;
    }

    /** Edits of this node alone, not of the nodes below it. */
    void propose(PythonNode node) {
        switch (node.kind()) {
            case BOOLEAN -> {
                operator(
                        EditKind.BOOLEAN_OPERATOR, node, List.of(node.operator().equals("and") ? "or" : "and"));
                dropOperands(EditKind.DROPPED_OPERAND, node);
            }
            case ARITHMETIC -> {
                operator(EditKind.ARITHMETIC, node, ARITHMETIC.getOrDefault(node.operator(), List.of()));
                dropOperands(EditKind.DROPPED_OPERAND, node);
                if (!COMMUTE.contains(node.operator())) {
                    edits.swap(EditKind.SWAPPED_OPERANDS, node.child(0), node.child(1));
                }
            }
            case COMPARISON -> {
                operator(EditKind.COMPARISON, node, COMPARISONS.getOrDefault(node.operator(), List.of()));
                if (node.operator().endsWith("in")) {
                    edits.swap(EditKind.SWAPPED_OPERANDS, node.child(0), node.child(1));
                }
            }
            case NOT ->
                edits.replace(EditKind.NEGATED_CONDITION, node, node.child(0).text(text));
            case UNARY -> edits.replace(EditKind.SIGN, node, node.child(0).text(text));
            case CONDITIONAL -> {
                edits.swap(EditKind.SWAPPED_BRANCHES, node.child(0), node.child(2));
                edits.replace(EditKind.DROPPED_OPERAND, node, node.child(0).text(text));
                edits.replace(EditKind.DROPPED_OPERAND, node, node.child(2).text(text));
            }
            case NUMBER -> number(node);
            case STRING -> string(node);
            case CONSTANT -> constant(node);
            case NAME -> names(node, 1);
            case TUPLE, LIST -> elements(node);
            default -> {
                // The other kinds belong to PythonCallEdits.
            }
        }
    }

    /** Negates an expression that is tested for truth. */
    void negate(PythonNode condition) {
        if (condition.kind() != Kind.NOT) {
            boolean atom = condition.kind() == Kind.NAME
                    || condition.kind() == Kind.CALL
                    || condition.kind() == Kind.SUBSCRIPT;
            String inner = condition.text(text);
            edits.replace(EditKind.NEGATED_CONDITION, condition, atom ? "not " + inner : "not (" + inner + ")");
        }
    }

    /** Replaces a name by other variables of the function. */
    void names(PythonNode node, double scale) {
        for (String variable : variables) {
            if (!variable.equals(node.operator())) {
                edits.replace(EditKind.NAME, node, variable, scale / Math.max(1, variables.size() / 4.0));
            }
        }
    }

    private void operator(EditKind kind, PythonNode node, List<String> others) {
        int rank = 0;
        for (String other : others) {
            edits.replace(kind, node.operatorStart(), operatorEnd(node), other, rank++ < 2 ? 1 : 0.5);
        }
    }

    /** An operator of two words may have any number of blanks between them. */
    private int operatorEnd(PythonNode node) {
        if (!node.operator().contains(" ")) {
            return node.operatorEnd();
        }
        String second = node.operator().substring(node.operator().indexOf(' ') + 1);
        return text.indexOf(second, node.operatorStart() + 2) + second.length();
    }

    private void dropOperands(EditKind kind, PythonNode node) {
        edits.replace(kind, node, node.child(0).text(text));
        edits.replace(kind, node, node.child(1).text(text));
    }

    private void number(PythonNode node) {
        Map<String, Double> others = new LinkedHashMap<>();
        String literal = node.operator();
        if (literal.matches("\\d+(\\.\\d+)?")) {
            BigDecimal value = new BigDecimal(literal);
            others.put(value.add(BigDecimal.ONE).toPlainString(), 1.0);
            others.put(value.subtract(BigDecimal.ONE).toPlainString(), 1.0);
            others.putIfAbsent("0", 0.7);
            others.putIfAbsent("1", 0.7);
            others.putIfAbsent("2", 0.5);
            others.putIfAbsent("-" + literal, 0.5);
            others.putIfAbsent(literal + "0", 0.3);
            for (String seen : vocabulary.numbers()) {
                others.putIfAbsent(seen, 0.5 / Math.max(1, vocabulary.numbers().size() / 5.0));
            }
            others.keySet().removeIf(other -> new BigDecimal(other).compareTo(value) == 0);
        }
        others.forEach((other, scale) -> edits.replace(EditKind.NUMBER, node, other, scale));
    }

    private void string(PythonNode node) {
        String literal = node.text(text);
        if (!literal.matches("\"[^\"\\n]*\"|'[^'\\n]*'")) {
            return;
        }
        String quote = literal.substring(0, 1);
        String inner = literal.substring(1, literal.length() - 1);
        Set<String> others = new LinkedHashSet<>(List.of(
                "", " ", inner.strip(), inner + " ", inner.toLowerCase(Locale.ROOT), inner.toUpperCase(Locale.ROOT)));
        others.addAll(literals);
        others.addAll(vocabulary.strings());
        others.remove(inner);
        long count = Math.min(STRINGS_PER_LITERAL, others.size());
        others.stream()
                .filter(other -> !other.contains(quote))
                .limit(2 * STRINGS_PER_LITERAL)
                .forEach(other -> edits.replace(
                        EditKind.STRING, node, quote + other + quote, Math.min(1, 4.0 / Math.max(1, count))));
    }

    private void constant(PythonNode node) {
        switch (node.operator()) {
            case "True" -> edits.replace(EditKind.TRUTH_VALUE, node, "False");
            case "False" -> edits.replace(EditKind.TRUTH_VALUE, node, "True");
            case "None" -> {
                names(node, 0.5);
                edits.replace(EditKind.TRUTH_VALUE, node, "0", 0.5);
                edits.replace(EditKind.TRUTH_VALUE, node, "[]", 0.5);
            }
            default -> {
                // An ellipsis has no opposite.
            }
        }
    }

    private void elements(PythonNode node) {
        for (int i = 0; i + 1 < node.children().size(); i++) {
            edits.swap(EditKind.SWAPPED_ELEMENTS, node.child(i), node.child(i + 1));
        }
    }
}
