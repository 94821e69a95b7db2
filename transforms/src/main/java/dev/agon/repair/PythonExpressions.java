package dev.agon.repair;

import dev.agon.repair.PythonNode.Kind;
import dev.agon.repair.PythonToken.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads Python expressions from the tokens of one logical line, by precedence climbing. In: tokens and where to start. Out: a
 * {@link PythonNode} and, in {@link #position()}, the first token after it. The insides of formatted strings are not read. The class is
 * long since its methods are one grammar: each calls the others.
 */
final class PythonExpressions {

    private static final Map<String, Integer> PRECEDENCE = new HashMap<>();

    static {
        String[] levels = {
            "or", "and", "", "< <= > >= == != in not is", "|", "^", "&", "<< >>", "+ -", "* / // % @", "", "**"
        };
        for (int level = 0; level < levels.length; level++) {
            for (String operator : levels[level].split(" ")) {
                PRECEDENCE.put(operator, level + 1);
            }
        }
    }

    private static final int NOT = 3;
    private static final int UNARY = 11;
    private static final Set<String> CONSTANTS = Set.of("True", "False", "None");
    private static final Set<String> NO_OPERANDS = Set.of(
            "if", "else", "for", "in", "is", "and", "or", "return", "import", "while", "def", "class", "as", "from");

    /** Deepest nesting that is read, so that no line is too much for the stack; people write far less. */
    private static final int DEEPEST = 100;
    /** Most tokens that make a chain, such as of operators or attributes, longer. */
    private static final int LONGEST = 2_000;

    private final List<PythonToken> tokens;
    private final boolean tooLong;
    private int depth;
    private int at;
    private boolean insideForTarget;

    PythonExpressions(List<PythonToken> tokens, int from) {
        this.tokens = tokens;
        this.tooLong = tokens.size() > LONGEST
                && tokens.stream()
                                .filter(token ->
                                        token.type() != Type.NUMBER && token.type() != Type.STRING && !token.is(","))
                                .count()
                        > LONGEST;
        this.at = from;
    }

    /** Index of the first unread token. */
    int position() {
        return at;
    }

    /** One expression, or several with commas between them as a tuple. */
    PythonNode list() throws PythonSyntaxException {
        PythonNode first = element();
        if (!next(",")) {
            return first;
        }
        List<PythonNode> parts = new ArrayList<>(List.of(first));
        while (accept(",") && startsOperand()) {
            parts.add(element());
        }
        return tuple(parts);
    }

    /** The target between {@code for} and {@code in}. */
    PythonNode target() throws PythonSyntaxException {
        boolean outer = insideForTarget;
        insideForTarget = true;
        PythonNode target = list();
        insideForTarget = outer;
        return target;
    }

    PythonNode element() throws PythonSyntaxException {
        if (next("*") || next("**")) {
            PythonToken star = tokens.get(at++);
            PythonNode value = binary(5);
            return new PythonNode(Kind.STAR, star.start(), value.end(), star.text(), star.start(), List.of(value));
        }
        return expression();
    }

    PythonNode expression() throws PythonSyntaxException {
        if (next("lambda")) {
            return lambda();
        }
        PythonNode value = binary(1);
        if (next("if")) {
            PythonToken word = tokens.get(at++);
            PythonNode condition = binary(1);
            if (!next("else")) {
                throw problem("else");
            }
            at++;
            PythonNode other = expression();
            return new PythonNode(
                    Kind.CONDITIONAL, value.start(), other.end(), "if", word.start(), List.of(value, condition, other));
        }
        if (accept(":=")) {
            return expression();
        }
        return value;
    }

    private PythonNode lambda() throws PythonSyntaxException {
        deeper();
        PythonToken word = tokens.get(at++);
        int open = 0;
        while (at < tokens.size() && !(open == 0 && next(":"))) {
            open += "([{".contains(tokens.get(at).text())
                    ? 1
                    : ")]}".contains(tokens.get(at).text()) ? -1 : 0;
            at++;
        }
        expect(":");
        PythonNode body = expression();
        depth--;
        return new PythonNode(Kind.LAMBDA, word.start(), body.end(), "lambda", word.start(), List.of(body));
    }

    private PythonNode binary(int lowest) throws PythonSyntaxException {
        deeper();
        PythonNode left = prefix(lowest);
        while (at < tokens.size()) {
            PythonToken token = tokens.get(at);
            Integer precedence = token.type() == Type.STRING ? null : PRECEDENCE.get(token.text());
            if (precedence == null || precedence < lowest || (insideForTarget && token.is("in"))) {
                break;
            }
            String operator = operator(token);
            PythonNode right = binary(operator.equals("**") ? precedence : precedence + 1);
            Kind kind = precedence == 4 ? Kind.COMPARISON : precedence <= 2 ? Kind.BOOLEAN : Kind.ARITHMETIC;
            left = new PythonNode(kind, left.start(), right.end(), operator, token.start(), List.of(left, right));
        }
        depth--;
        return left;
    }

    private void deeper() throws PythonSyntaxException {
        if (++depth > DEEPEST || tooLong) {
            throw new PythonSyntaxException("the expression is nested too deeply, or too long");
        }
    }

    private String operator(PythonToken token) throws PythonSyntaxException {
        at++;
        if (token.is("not")) {
            expect("in");
            return "not in";
        }
        return token.is("is") && accept("not") ? "is not" : token.text();
    }

    private PythonNode prefix(int lowest) throws PythonSyntaxException {
        if (at >= tokens.size()) {
            throw problem("an operand");
        }
        PythonToken token = tokens.get(at);
        if (token.is("not") && lowest <= NOT) {
            at++;
            PythonNode value = binary(NOT);
            return new PythonNode(Kind.NOT, token.start(), value.end(), "not", token.start(), List.of(value));
        }
        if (token.is("-") || token.is("+") || token.is("~") || token.is("await")) {
            at++;
            PythonNode value = binary(UNARY);
            return new PythonNode(Kind.UNARY, token.start(), value.end(), token.text(), token.start(), List.of(value));
        }
        return postfix(atom(token));
    }

    private PythonNode postfix(PythonNode base) throws PythonSyntaxException {
        PythonNode node = base;
        while (at < tokens.size()) {
            PythonToken token = tokens.get(at);
            if (token.is(".") && at + 1 < tokens.size() && tokens.get(at + 1).type() == Type.NAME) {
                PythonToken name = tokens.get(at + 1);
                at += 2;
                node = new PythonNode(
                        Kind.ATTRIBUTE, node.start(), name.end(), name.text(), name.start(), List.of(node));
            } else if (token.is("(")) {
                at++;
                List<PythonNode> parts = new ArrayList<>(List.of(node));
                parts.addAll(arguments());
                node = new PythonNode(Kind.CALL, node.start(), close(")"), "(", token.start(), parts);
            } else if (token.is("[")) {
                at++;
                PythonNode index = subscript();
                node = new PythonNode(
                        Kind.SUBSCRIPT, node.start(), close("]"), "[", token.start(), List.of(node, index));
            } else {
                break;
            }
        }
        return node;
    }

    private List<PythonNode> arguments() throws PythonSyntaxException {
        List<PythonNode> arguments = new ArrayList<>();
        while (!next(")")) {
            if (at + 1 < tokens.size()
                    && tokens.get(at).type() == Type.NAME
                    && tokens.get(at + 1).is("=")) {
                PythonToken name = tokens.get(at);
                at += 2;
                PythonNode value = expression();
                arguments.add(new PythonNode(
                        Kind.KEYWORD, name.start(), value.end(), name.text(), name.start(), List.of(value)));
            } else {
                arguments.add(comprehension(List.of(element()), null));
            }
            if (!accept(",")) {
                break;
            }
        }
        return arguments;
    }

    private PythonNode subscript() throws PythonSyntaxException {
        List<PythonNode> parts = new ArrayList<>(List.of(slice()));
        while (accept(",") && !next("]")) {
            parts.add(slice());
        }
        return parts.size() == 1 ? parts.get(0) : tuple(parts);
    }

    private PythonNode slice() throws PythonSyntaxException {
        int start = here();
        PythonNode lower = next(":") ? empty() : expression();
        if (!next(":")) {
            return lower;
        }
        int colon = here();
        at++;
        PythonNode upper = next(":") || next("]") || next(",") ? empty() : expression();
        PythonNode step = accept(":") && !next("]") && !next(",") ? expression() : empty();
        return new PythonNode(Kind.SLICE, start, tokens.get(at - 1).end(), ":", colon, List.of(lower, upper, step));
    }

    private PythonNode empty() {
        return new PythonNode(Kind.EMPTY, here(), here(), "", here(), List.of());
    }

    private PythonNode atom(PythonToken token) throws PythonSyntaxException {
        at++;
        switch (token.type()) {
            case NUMBER:
                return leaf(Kind.NUMBER, token, token);
            case STRING:
                while (at < tokens.size() && tokens.get(at).type() == Type.STRING) {
                    at++;
                }
                return leaf(Kind.STRING, token, tokens.get(at - 1));
            case NAME:
                if (NO_OPERANDS.contains(token.text())) {
                    throw new PythonSyntaxException("'" + token.text() + "' is no operand");
                }
                return leaf(CONSTANTS.contains(token.text()) ? Kind.CONSTANT : Kind.NAME, token, token);
            default:
                return bracketed(token);
        }
    }

    private PythonNode bracketed(PythonToken open) throws PythonSyntaxException {
        boolean outer = insideForTarget;
        insideForTarget = false;
        try {
            switch (open.text()) {
                case "...":
                    return leaf(Kind.CONSTANT, open, open);
                case "(":
                    return display(open, ")", Kind.TUPLE);
                case "[":
                    return display(open, "]", Kind.LIST);
                case "{":
                    return display(open, "}", Kind.BRACES);
                default:
                    throw new PythonSyntaxException("'" + open.text() + "' is no operand");
            }
        } finally {
            insideForTarget = outer;
        }
    }

    private PythonNode display(PythonToken open, String close, Kind kind) throws PythonSyntaxException {
        List<PythonNode> parts = new ArrayList<>();
        boolean comma = false;
        while (!next(close)) {
            if (next("yield")) {
                throw problem("an operand");
            }
            parts.add(element());
            if (accept(":")) {
                parts.add(expression());
            }
            if (parts.size() <= 2 && (next("for") || next("async"))) {
                PythonNode whole = comprehension(parts, open);
                return new PythonNode(
                        Kind.COMPREHENSION, open.start(), close(close), open.text(), open.start(), whole.children());
            }
            if (!accept(",")) {
                break;
            }
            comma = true;
        }
        Kind actual = kind == Kind.TUPLE && parts.size() == 1 && !comma ? Kind.PARENTHESES : kind;
        return new PythonNode(actual, open.start(), close(close), "", open.start(), parts);
    }

    /** A comprehension; the element itself when no {@code for} follows. */
    private PythonNode comprehension(List<PythonNode> elements, PythonToken open) throws PythonSyntaxException {
        if (!next("for") && !next("async")) {
            return elements.get(0);
        }
        List<PythonNode> parts = new ArrayList<>(elements);
        while (next("for") || next("async")) {
            accept("async");
            int start = here();
            expect("for");
            List<PythonNode> clause = new ArrayList<>(List.of(target()));
            expect("in");
            clause.add(binary(1));
            while (accept("if")) {
                clause.add(binary(1));
            }
            parts.add(new PythonNode(Kind.FOR, start, tokens.get(at - 1).end(), "for", start, clause));
        }
        int start = open == null ? elements.get(0).start() : open.start();
        return new PythonNode(Kind.COMPREHENSION, start, tokens.get(at - 1).end(), "", start, parts);
    }

    /** From a node to the token that was read last. */
    private PythonNode tuple(List<PythonNode> parts) {
        int start = parts.get(0).start();
        return new PythonNode(Kind.TUPLE, start, tokens.get(at - 1).end(), "", start, parts);
    }

    private static PythonNode leaf(Kind kind, PythonToken first, PythonToken last) {
        return new PythonNode(kind, first.start(), last.end(), first.text(), first.start(), List.of());
    }

    private boolean startsOperand() {
        return at < tokens.size()
                && !Set.of(")", "]", "}", "=", ":", "in", "for")
                        .contains(tokens.get(at).text());
    }

    private int here() {
        return at < tokens.size()
                ? tokens.get(at).start()
                : tokens.get(tokens.size() - 1).end();
    }

    private boolean next(String text) {
        return at < tokens.size() && tokens.get(at).is(text);
    }

    private boolean accept(String text) {
        if (next(text)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String text) throws PythonSyntaxException {
        if (!accept(text)) {
            throw problem(text);
        }
    }

    private int close(String bracket) throws PythonSyntaxException {
        expect(bracket);
        return tokens.get(at - 1).end();
    }

    private PythonSyntaxException problem(String expected) {
        return new PythonSyntaxException("expected " + expected + " at offset " + here());
    }
}
