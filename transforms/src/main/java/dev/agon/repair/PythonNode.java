package dev.agon.repair;

import java.util.List;
import java.util.function.Consumer;

/**
 * One expression of Python, as a span of its file.
 *
 * @param kind its sort
 * @param start offset of the first character
 * @param end offset after the last character
 * @param operator operator, attribute name or constant as written; empty for kinds without one
 * @param operatorStart offset of the operator (for a call or a subscript: of its bracket)
 * @param children its parts, in the order in which they are written
 */
record PythonNode(Kind kind, int start, int end, String operator, int operatorStart, List<PythonNode> children) {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        /** True, False, None or {@code ...}. */
        CONSTANT,
        /** {@code -x}, {@code +x}, {@code ~x}, {@code await x}. */
        UNARY,
        NOT,
        ARITHMETIC,
        COMPARISON,
        BOOLEAN,
        /** Value, condition, other value. */
        CONDITIONAL,
        /** Callee, arguments. */
        CALL,
        /** A keyword argument's value; the operator is its name. */
        KEYWORD,
        /** {@code *x} or {@code **x}. */
        STAR,
        ATTRIBUTE,
        /** Base, index. */
        SUBSCRIPT,
        /** Lower, upper, step; left-out ones are {@link #EMPTY}. */
        SLICE,
        EMPTY,
        TUPLE,
        LIST,
        /** A set or a dictionary: elements, or keys and values in turns. */
        BRACES,
        PARENTHESES,
        /** Element, then {@link #FOR} clauses. A dictionary's has key and value first. */
        COMPREHENSION,
        /** Target, iterable, conditions. */
        FOR,
        /** The body only. */
        LAMBDA
    }

    int operatorEnd() {
        return operatorStart + operator.length();
    }

    PythonNode child(int index) {
        return children.get(index);
    }

    String text(String source) {
        return source.substring(start, end);
    }

    /** Visits this node and everything below, parents first. */
    void walk(Consumer<PythonNode> visitor) {
        visitor.accept(this);
        children.forEach(child -> child.walk(visitor));
    }
}
