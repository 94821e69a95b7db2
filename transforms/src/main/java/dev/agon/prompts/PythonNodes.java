package dev.agon.prompts;

import com.hubspot.jinjava.el.ext.AstRangeBracket;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.UnknownTokenException;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.impl.ast.AstBracket;
import jinjava.de.odysseus.el.tree.impl.ast.AstDot;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;

/**
 * Nodes of expressions that behave as in Jinja2 with strict undefined. A missing variable, attribute or item is an error as soon as it
 * is used. Indexes and slices of strings count code points. A slice is never out of range.
 */
final class PythonNodes {

    private PythonNodes() {}

    /** A node whose value may be undefined. */
    interface Strict {

        /** Called by the parser, for a node in a place that may get an undefined value. */
        void allowUndefined();
    }

    /** The value; fails when it is undefined, which is null in the library. */
    private static Object defined(Object value, boolean undefinedAllowed, AstNode node, Bindings bindings) {
        if (value == null && !undefinedAllowed) {
            int line = JinjavaInterpreter.getCurrent().getLineNumber();
            throw new UnknownTokenException(node.getStructuralId(bindings), line, 0);
        }
        return value;
    }

    static final class Variable extends AstIdentifier implements Strict {

        private boolean undefinedAllowed;

        Variable(String name, int index) {
            super(name, index);
        }

        boolean mayBeUndefined() {
            return undefinedAllowed;
        }

        @Override
        public void allowUndefined() {
            undefinedAllowed = true;
        }

        @Override
        public Object eval(Bindings bindings, ELContext context) {
            return defined(super.eval(bindings, context), undefinedAllowed, this, bindings);
        }
    }

    static final class Attribute extends AstDot implements Strict {

        private boolean undefinedAllowed;

        Attribute(AstNode base, String property, boolean lvalue) {
            super(base, property, lvalue);
        }

        @Override
        public void allowUndefined() {
            undefinedAllowed = true;
        }

        @Override
        public Object eval(Bindings bindings, ELContext context) {
            return defined(super.eval(bindings, context), undefinedAllowed, this, bindings);
        }
    }

    static final class Item extends AstBracket implements Strict {

        private boolean undefinedAllowed;

        Item(AstNode base, AstNode property, boolean lvalue, boolean strict) {
            super(base, property, lvalue, strict);
        }

        @Override
        public void allowUndefined() {
            undefinedAllowed = true;
        }

        @Override
        public Object eval(Bindings bindings, ELContext context) {
            Object value = prefix.eval(bindings, context) instanceof String text
                            && property.eval(bindings, context) instanceof Number index
                    ? character(text, index.longValue())
                    : super.eval(bindings, context);
            return defined(value, undefinedAllowed, this, bindings);
        }

        private static String character(String text, long index) {
            int length = text.codePointCount(0, text.length());
            long position = index < 0 ? index + length : index;
            return position < 0 || position >= length
                    ? null
                    : Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) position)));
        }
    }

    static final class Slice extends AstRangeBracket {

        private final AstNode start;
        private final AstNode end;

        Slice(AstNode base, AstNode start, AstNode end, boolean lvalue, boolean strict) {
            super(base, start, end, lvalue, strict, false);
            this.start = start;
            this.end = end;
        }

        @Override
        public Object eval(Bindings bindings, ELContext context) {
            if (!(prefix.eval(bindings, context) instanceof String text)) {
                return super.eval(bindings, context);
            }
            int length = text.codePointCount(0, text.length());
            int from = bound(start, 0, length, bindings, context);
            int to = bound(end, length, length, bindings, context);
            if (from >= to) {
                return "";
            }
            int first = text.offsetByCodePoints(0, from);
            return text.substring(first, text.offsetByCodePoints(first, to - from));
        }

        private static int bound(AstNode node, int absent, int length, Bindings bindings, ELContext context) {
            if (node == null) {
                return absent;
            }
            if (!(node.eval(bindings, context) instanceof Number number)) {
                throw new ELException("the bounds of a slice must be numbers");
            }
            long value = number.longValue();
            return (int) Math.max(0, Math.min(length, value < 0 ? value + length : value));
        }
    }
}
