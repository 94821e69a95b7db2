package dev.agon.repair;

import dev.agon.repair.PythonToken.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts Python source into logical lines of tokens: names, numbers, strings (with any prefix and quotes, formatted strings whole) and
 * operators. It never fails. An unknown character is a token. An unclosed string ends with its line, and a triple-quoted one with the
 * file.
 */
final class PythonLexer {

    private static final List<String> OPERATORS = List.of(
            "**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=",
            "/=", "%=", "&=", "|=", "^=", "@=", ":=");

    private final String text;
    private final List<PythonLine> lines = new ArrayList<>();
    private List<PythonToken> tokens = new ArrayList<>();
    private int position;
    private int lineStart;
    private int depth;

    private PythonLexer(String text) {
        this.text = text;
    }

    static List<PythonLine> lines(String text) {
        PythonLexer lexer = new PythonLexer(text);
        lexer.run();
        return lexer.lines;
    }

    private void run() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                position++;
                if (depth == 0) {
                    endLine();
                }
            } else if (c == '#') {
                position = endOfPhysicalLine(position);
            } else if (c == '\\' && position + 1 < text.length() && text.charAt(position + 1) == '\n') {
                position += 2;
            } else if (Character.isWhitespace(c)) {
                position++;
            } else if (Character.isDigit(c) || (c == '.' && isDigitAt(position + 1))) {
                token(Type.NUMBER, endOfNumber(position));
            } else if (Character.isJavaIdentifierStart(c) && c != '$') {
                int end = endOfName(position);
                boolean prefix = end < text.length() && isQuote(text.charAt(end)) && isStringPrefix(position, end);
                token(prefix ? Type.STRING : Type.NAME, prefix ? endOfString(end) : end);
            } else if (isQuote(c)) {
                token(Type.STRING, endOfString(position));
            } else {
                operator(c);
            }
        }
        endLine();
    }

    private void operator(char c) {
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (c == ')' || c == ']' || c == '}') {
            depth = Math.max(0, depth - 1);
        }
        for (String known : OPERATORS) {
            if (text.startsWith(known, position)) {
                token(Type.OPERATOR, position + known.length());
                return;
            }
        }
        token(Type.OPERATOR, position + 1);
    }

    private void token(Type type, int end) {
        tokens.add(new PythonToken(type, text.substring(position, end), position, end));
        position = end;
    }

    private void endLine() {
        if (!tokens.isEmpty()) {
            int physical = text.lastIndexOf('\n', tokens.get(0).start() - 1) + 1;
            lines.add(new PythonLine(
                    Math.max(lineStart, physical),
                    position,
                    text.substring(physical, tokens.get(0).start()),
                    List.copyOf(tokens)));
            tokens = new ArrayList<>();
        }
        lineStart = position;
    }

    private int endOfPhysicalLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private int endOfName(int from) {
        int end = from;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        return end;
    }

    private int endOfNumber(int from) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean exponentSign = (c == '+' || c == '-')
                    && "eE".indexOf(text.charAt(end - 1)) >= 0
                    && !text.startsWith("0x", from)
                    && end > from;
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && !exponentSign) {
                break;
            }
            end++;
        }
        return end;
    }

    private int endOfString(int quote) {
        char q = text.charAt(quote);
        boolean triple = text.startsWith(String.valueOf(q).repeat(3), quote);
        int at = quote + (triple ? 3 : 1);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (triple ? text.startsWith(String.valueOf(q).repeat(3), at) : c == q) {
                return at + (triple ? 3 : 1);
            } else if (!triple && c == '\n') {
                return at;
            } else {
                at++;
            }
        }
        return text.length();
    }

    private boolean isStringPrefix(int from, int to) {
        return to - from <= 2 && text.substring(from, to).chars().allMatch(c -> "rRbBfFuU".indexOf(c) >= 0);
    }

    private boolean isDigitAt(int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
