package dev.agon.repair;

import java.util.List;

/**
 * One logical line of Python: up to the line break outside of brackets. It has at least one token.
 *
 * @param start offset where its first physical line starts, indentation included
 * @param end offset after its line break, or the end of the file
 * @param indent the indentation, as written
 * @param tokens its tokens, comments left out
 */
record PythonLine(int start, int end, String indent, List<PythonToken> tokens) {

    boolean startsWith(String word) {
        return tokens.get(0).is(word);
    }

    /** Offset after the last token. */
    int codeEnd() {
        return tokens.get(tokens.size() - 1).end();
    }

    int codeStart() {
        return tokens.get(0).start();
    }

    boolean isDocstring() {
        return tokens.stream().allMatch(token -> token.type() == PythonToken.Type.STRING);
    }

    boolean opensBlock() {
        return tokens.get(tokens.size() - 1).is(":");
    }
}
