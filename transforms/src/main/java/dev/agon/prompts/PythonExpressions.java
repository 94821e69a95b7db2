package dev.agon.prompts;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.el.ext.AstRangeBracket;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.util.ObjectTruthValue;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstBracket;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ExpressionFactory;

/**
 * The library's expressions where they differ from Python's: slices and indexes of strings count code points and never run out
 * of range, {@code and} gives one of its operands, and values are printed as Python prints them.
 */
final class PythonExpressions {

    /** Distinct expressions whose parsed form is kept. */
    private static final int PARSED_EXPRESSIONS = 1000;

    private PythonExpressions() {}

    /** The library's engine with the parser of this class. */
    static final class Engine extends Jinjava {

        private final ExpressionFactory expressions = new ExpressionFactoryImpl(
                new TreeStore(new SyntaxBuilder(), new Cache(PARSED_EXPRESSIONS)), new TruthyTypeConverter());

        Engine(JinjavaConfig config) {
            super(config);
        }

        @Override
        public ExpressionFactory getExpressionFactory() {
            return expressions;
        }
    }

    /** Prints values as Python does. */
    static final class Interpreter extends JinjavaInterpreter {

        Interpreter(Jinjava engine, Context context, JinjavaConfig config) {
            super(engine, context, config);
        }

        @Override
        public String getAsString(Object value) {
            return value instanceof String text ? text : PythonText.of(value);
        }
    }

    private static final class SyntaxBuilder extends ExtendedSyntaxBuilder {

        private static final long serialVersionUID = 1L;

        SyntaxBuilder() {
            super(Builder.Feature.METHOD_INVOCATIONS, Builder.Feature.VARARGS);
        }

        @Override
        protected Parser createParser(String expression) {
            return new PythonParser(this, expression);
        }
    }

    private static final class PythonParser extends ExtendedParser {

        PythonParser(Builder builder, String expression) {
            super(builder, expression);
        }

        @Override
        protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
            return super.createAstBinary(left, right, operator == AstBinary.AND ? PythonParser::and : operator);
        }

        @Override
        protected AstRangeBracket createAstRangeBracket(
                AstNode base, AstNode start, AstNode end, boolean lvalue, boolean strict) {
            return new Slice(base, start, end, lvalue, strict);
        }

        @Override
        protected AstBracket createAstBracket(AstNode base, AstNode property, boolean lvalue, boolean strict) {
            return new Index(base, property, lvalue, strict);
        }

        private static Object and(Bindings bindings, ELContext context, AstNode left, AstNode right) {
            Object first = left.eval(bindings, context);
            return ObjectTruthValue.evaluate(first) ? right.eval(bindings, context) : first;
        }
    }

    private static final class Slice extends AstRangeBracket {

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

    private static final class Index extends AstBracket {

        Index(AstNode base, AstNode property, boolean lvalue, boolean strict) {
            super(base, property, lvalue, strict);
        }

        @Override
        public Object eval(Bindings bindings, ELContext context) {
            if (!(prefix.eval(bindings, context) instanceof String text)
                    || !(property.eval(bindings, context) instanceof Number number)) {
                return super.eval(bindings, context);
            }
            int length = text.codePointCount(0, text.length());
            long index = number.longValue() < 0 ? number.longValue() + length : number.longValue();
            if (index < 0 || index >= length) {
                throw new ELException("index " + number + " is out of range for a string of " + length + " characters");
            }
            return Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) index)));
        }
    }
}
