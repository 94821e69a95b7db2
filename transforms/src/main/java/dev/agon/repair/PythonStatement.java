package dev.agon.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of one logical line of Python that edits need.
 *
 * @param line the line
 * @param keyword its first word if it is a keyword, else empty
 * @param conditions expressions that are tested for truth
 * @param values expressions that are evaluated
 * @param targets variables that an assignment or a loop sets
 * @param assignment the assignment operator, plain or augmented
 */
record PythonStatement(
        PythonLine line,
        String keyword,
        List<PythonNode> conditions,
        List<PythonNode> values,
        List<PythonNode> targets,
        Optional<PythonToken> assignment) {

    private static final Set<String> KEYWORDS =
            Set.of(("if elif else while for return def class import from pass break continue try except finally with "
                            + "raise assert global nonlocal del async yield @")
                    .split(" "));

    private static final Set<String> AUGMENTED =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", "<<=", ">>=");

    /** Reads a line. Of an unreadable line only the keyword is known. */
    static PythonStatement read(PythonLine line) {
        String first = line.tokens().get(0).text();
        String keyword = KEYWORDS.contains(first) ? first : "";
        PythonStatement statement =
                new PythonStatement(line, keyword, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), null);
        try {
            return statement.withAssignment(statement.readFrom(0));
        } catch (PythonSyntaxException e) {
            // The file may be broken, or use syntax that has no edits. Then the line has no edits.
            return new PythonStatement(line, keyword, List.of(), List.of(), List.of(), Optional.empty());
        }
    }

    /** Whether it opens no block, so that it can be moved, copied or deleted alone. */
    boolean isSimple() {
        return !Set.of(
                                "if", "elif", "else", "while", "for", "def", "class", "try", "except", "finally",
                                "with", "@", "async")
                        .contains(keyword)
                && !line.isDocstring();
    }

    private Optional<PythonToken> readFrom(int from) throws PythonSyntaxException {
        List<PythonToken> tokens = line.tokens();
        if (from >= tokens.size()) {
            return Optional.empty();
        }
        switch (tokens.get(from).text()) {
            case "if", "elif", "while" -> {
                PythonExpressions expressions = new PythonExpressions(tokens, from + 1);
                conditions.add(expressions.expression());
                return readBlock(expressions.position());
            }
            case "for" -> {
                PythonExpressions expressions = new PythonExpressions(tokens, from + 1);
                targets.add(expressions.target());
                PythonExpressions iterable = new PythonExpressions(tokens, expressions.position() + 1);
                values.add(iterable.list());
                return readBlock(iterable.position());
            }
            case "else", "try", "finally" -> {
                return readBlock(from + 1);
            }
            case "return", "yield", "raise", "assert", "del" -> {
                if (from + 1 < tokens.size()) {
                    values.add(new PythonExpressions(tokens, from + 1).list());
                }
                return Optional.empty();
            }
            case "pass",
                    "break",
                    "continue",
                    "global",
                    "nonlocal",
                    "import",
                    "from",
                    "class",
                    "def",
                    "@",
                    "async",
                    "except",
                    "with" -> {
                return Optional.empty();
            }
            default -> {
                return readAssignment(from);
            }
        }
    }

    private Optional<PythonToken> readBlock(int colon) throws PythonSyntaxException {
        if (colon >= line.tokens().size() || !line.tokens().get(colon).is(":")) {
            throw new PythonSyntaxException("expected : at the end of " + keyword);
        }
        return readFrom(colon + 1);
    }

    private Optional<PythonToken> readAssignment(int from) throws PythonSyntaxException {
        List<PythonToken> tokens = line.tokens();
        PythonExpressions expressions = new PythonExpressions(tokens, from);
        PythonNode first = expressions.list();
        int at = expressions.position();
        if (at < tokens.size() && tokens.get(at).is(":")) {
            new PythonExpressions(tokens, at + 1).expression();
            while (at < tokens.size() && !tokens.get(at).is("=")) {
                at++;
            }
        }
        if (at >= tokens.size()) {
            values.add(first);
            return Optional.empty();
        }
        PythonToken operator = tokens.get(at);
        if (!operator.is("=") && !AUGMENTED.contains(operator.text())) {
            throw new PythonSyntaxException("expected an assignment, found " + operator.text());
        }
        targets.add(first);
        PythonExpressions right = new PythonExpressions(tokens, at + 1);
        PythonNode value = right.list();
        while (right.position() < tokens.size() && tokens.get(right.position()).is("=")) {
            targets.add(value);
            right = new PythonExpressions(tokens, right.position() + 1);
            value = right.list();
        }
        values.add(value);
        return Optional.of(operator);
    }

    private PythonStatement withAssignment(Optional<PythonToken> operator) {
        return new PythonStatement(line, keyword, conditions, values, targets, operator);
    }
}
