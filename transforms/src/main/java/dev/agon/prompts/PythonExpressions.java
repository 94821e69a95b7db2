package dev.agon.prompts;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.el.ext.AstRangeBracket;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.misc.BooleanOperations;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstBracket;
import jinjava.de.odysseus.el.tree.impl.ast.AstDot;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstMethod;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstParameters;
import jinjava.de.odysseus.el.tree.impl.ast.AstProperty;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ExpressionFactory;

/**
 * Replaces the library's expressions where they differ from Jinja2's. {@code and} gives one of its operands. {@code not} has Python's
 * precedence. An undefined value may only be tested for being undefined. Values are printed as in Python. The nodes are those of
 * {@link PythonNodes}.
 */
final class PythonExpressions {

    /** Number of expressions whose parsed form is cached. */
    private static final int PARSED_EXPRESSIONS = 1000;

    private PythonExpressions() {}

    /** The variables that an expression reads, and its filters with their prefix; not those that it allows to be undefined. */
    static List<String> variables(String expression) {
        List<PythonNodes.Variable> read = new ArrayList<>();
        new SyntaxBuilder(read::add).build("#{" + expression.strip() + "}");
        return read.stream()
                .filter(variable ->
                        !variable.mayBeUndefined() && !variable.getName().equals(ExtendedParser.INTERPRETER))
                .map(AstIdentifier::getName)
                .toList();
    }

    /** The library's engine with the parser of this class. */
    static final class Engine extends Jinjava {

        private final ExpressionFactory expressions = new ExpressionFactoryImpl(
                new TreeStore(new SyntaxBuilder(variable -> {}), new Cache(PARSED_EXPRESSIONS)),
                new TruthyTypeConverter());

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

        private final Consumer<PythonNodes.Variable> read;

        /** @param read gets each variable that an expression reads */
        SyntaxBuilder(Consumer<PythonNodes.Variable> read) {
            super(Builder.Feature.METHOD_INVOCATIONS, Builder.Feature.VARARGS);
            this.read = read;
        }

        @Override
        protected Parser createParser(String expression) {
            return new PythonParser(this, expression, read);
        }
    }

    private static final class PythonParser extends ExtendedParser {

        /** The filters and tests that may get an undefined value. */
        private static final Set<String> TAKE_UNDEFINED = Set.of(
                FILTER_PREFIX + "default",
                FILTER_PREFIX + "d",
                EXPTEST_PREFIX + "defined",
                EXPTEST_PREFIX + "undefined");

        private final Consumer<PythonNodes.Variable> read;

        PythonParser(Builder builder, String expression, Consumer<PythonNodes.Variable> read) {
            super(builder, expression);
            this.read = read;
            putExtensionHandler(NamedParameterOperator.TOKEN, new NamedParameter());
        }

        @Override
        protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
            AstBinary.Operator own = operator == AstBinary.AND
                    ? PythonParser::and
                    : operator == AstBinary.EQ
                            ? PythonParser::equal
                            : operator == AstBinary.NE ? PythonParser::unequal : operator;
            return super.createAstBinary(left, right, own);
        }

        /** {@code not} binds less tightly than tests and comparisons. */
        @Override
        protected AstNode eq(boolean required) throws Scanner.ScanException, ParseException {
            if (getToken().getSymbol() != Scanner.Symbol.NOT) {
                return super.eq(required);
            }
            consumeToken();
            return createAstUnary(eq(true), AstUnary.NOT);
        }

        @Override
        protected AstIdentifier createAstIdentifier(String name, int index) {
            PythonNodes.Variable variable = new PythonNodes.Variable(name, index);
            read.accept(variable);
            return variable;
        }

        @Override
        protected AstDot createAstDot(AstNode base, String property, boolean lvalue) {
            return new PythonNodes.Attribute(base, property, lvalue);
        }

        @Override
        protected AstRangeBracket createAstRangeBracket(
                AstNode base, AstNode start, AstNode end, boolean lvalue, boolean strict) {
            return new PythonNodes.Slice(base, start, end, lvalue, strict);
        }

        @Override
        protected AstBracket createAstBracket(AstNode base, AstNode property, boolean lvalue, boolean strict) {
            return new PythonNodes.Item(base, property, lvalue, strict);
        }

        /** Filters and tests are method calls. Their first argument is their value. */
        @Override
        protected AstMethod createAstMethod(AstProperty property, AstParameters arguments) {
            if (property.getChild(0) instanceof AstIdentifier called
                    && TAKE_UNDEFINED.contains(called.getName())
                    && arguments.getChild(0) instanceof PythonNodes.Strict value) {
                value.allowUndefined();
            }
            return super.createAstMethod(property, arguments);
        }

        /** The name of a named parameter is read like a variable, and is none. */
        private static final class NamedParameter extends ExtensionHandler {

            NamedParameter() {
                super(ExtensionPoint.ADD);
            }

            @Override
            public AstNode createAstNode(AstNode... nameAndValue) {
                if (nameAndValue[0] instanceof PythonNodes.Strict name) {
                    name.allowUndefined();
                }
                return NamedParameterOperator.HANDLER.createAstNode(nameAndValue);
            }
        }

        /** {@code None} equals itself alone. The library would make it of the text beside it. */
        private static Object equal(Bindings bindings, ELContext context, AstNode left, AstNode right) {
            Object one = left.eval(bindings, context);
            Object other = right.eval(bindings, context);
            return one == None.NONE || other == None.NONE ? one == other : BooleanOperations.eq(bindings, one, other);
        }

        private static Object unequal(Bindings bindings, ELContext context, AstNode left, AstNode right) {
            return !(Boolean) equal(bindings, context, left, right);
        }

        private static Object and(Bindings bindings, ELContext context, AstNode left, AstNode right) {
            Object first = left.eval(bindings, context);
            return ObjectTruthValue.evaluate(first) ? right.eval(bindings, context) : first;
        }
    }
}
