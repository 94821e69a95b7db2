package dev.agon.prompts;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.SimpleLibrary;
import com.hubspot.jinjava.lib.exptest.ExpTestLibrary;
import com.hubspot.jinjava.lib.filter.FilterLibrary;
import com.hubspot.jinjava.lib.fn.FunctionLibrary;
import com.hubspot.jinjava.lib.tag.TagLibrary;
import com.hubspot.jinjava.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Jinjava with the behaviour of Jinja2 for Python. Only those filters, tests, tags and functions are available whose output was
 * compared with Jinja2's. {@link PythonFilters} and {@link PythonExpressions} replace those that differ.
 *
 * <p>One engine serves all templates and threads. Each render has its own context, above a shared one that it cannot change.
 */
final class PythonJinja {

    /** Prefix of the variable that holds a filter in the library's parser. */
    static final String FILTER_PREFIX = ExtendedParser.FILTER_PREFIX;

    private static final Set<String> FILTERS =
            names("abs capitalize count d default float format indent int join last length list lower map reject "
                    + "replace reverse safe select sort string title tojson trim unique upper wordcount");
    private static final Set<String> TESTS =
            names("!= < <= == > >= boolean defined divisibleby eq equalto even float ge gt in integer iterable le "
                    + "lt mapping ne none number odd sequence string undefined");
    private static final Set<String> TAGS = names("if elif else endif for endfor set endset raw endraw macro endmacro");
    private static final Set<String> FUNCTIONS = names(":range :namespace");

    private static final JinjavaConfig CONFIG = JinjavaConfig.newBuilder()
            // Text that came from a rollout is never read as a template.
            .withNestedInterpretationEnabled(false)
            .withFailOnUnknownTokens(true)
            .withLegacyOverrides(LegacyOverrides.newBuilder()
                    .withEvaluateMapKeys(true)
                    .withIterateOverMapKeys(true)
                    .withUsePyishObjectMapper(true)
                    .withUseNaturalOperatorPrecedence(true)
                    .withParseWhitespaceControlStrictly(true)
                    .withAllowAdjacentTextNodes(true)
                    .withUseTrimmingForNotesAndExpressions(true)
                    .withKeepNullableLoopValues(true)
                    .build())
            .build();

    private static final Jinjava ENGINE = new PythonExpressions.Engine(CONFIG);
    private static final Context SHARED = new SharedContext();

    private PythonJinja() {}

    /** A parsed template and its errors. */
    record Compiled(Node root, List<TemplateError> errors) {}

    /** A rendered template and its errors. */
    record Rendered(String text, List<TemplateError> errors) {}

    static Compiled compile(String source) {
        JinjavaInterpreter interpreter = interpreter(Map.of());
        // The library's tokens take the settings of white space from the current interpreter.
        JinjavaInterpreter.pushCurrent(interpreter);
        try {
            return new Compiled(interpreter.parse(source), interpreter.getErrors());
        } finally {
            JinjavaInterpreter.popCurrent();
        }
    }

    static Rendered render(Node root, Map<String, ?> values) {
        Map<String, Object> bindings = new LinkedHashMap<>();
        values.forEach((name, value) -> bindings.put(name, python(value)));
        JinjavaInterpreter interpreter = interpreter(bindings);
        JinjavaInterpreter.pushCurrent(interpreter);
        try {
            return new Rendered(interpreter.render(root), interpreter.getErrors());
        } finally {
            JinjavaInterpreter.popCurrent();
        }
    }

    /** Whether a name in an expression is that of a filter or a test that there is. */
    static boolean isFilter(String name) {
        return name.startsWith(FILTER_PREFIX)
                ? FILTERS.contains(name.substring(FILTER_PREFIX.length()))
                : name.startsWith(ExtendedParser.EXPTEST_PREFIX)
                        && TESTS.contains(name.substring(ExtendedParser.EXPTEST_PREFIX.length()));
    }

    private static JinjavaInterpreter interpreter(Map<String, Object> bindings) {
        return new PythonExpressions.Interpreter(ENGINE, new Context(SHARED, bindings), CONFIG);
    }

    /** The value with None in the place of null, since null is undefined in the library. */
    private static Object python(Object value) {
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(key, python(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PythonJinja::python).collect(Collectors.toList());
        }
        return value;
    }

    private static Set<String> names(String separatedBySpaces) {
        return Set.of(separatedBySpaces.split(" "));
    }

    private static Set<String> allBut(Set<String> kept, SimpleLibrary<? extends Importable> library) {
        Set<String> names = new TreeSet<>();
        library.entries().forEach(entry -> names.add(entry.getName()));
        names.removeAll(kept);
        return names;
    }

    /** The context that all renders share. Many threads use it, so it drops the notes that a render takes. */
    private static final class SharedContext extends Context {

        SharedContext() {
            super(
                    null,
                    Map.of("none", None.NONE, "None", None.NONE),
                    Map.of(
                            Library.FILTER, allBut(FILTERS, new FilterLibrary(true, Set.of())),
                            Library.EXP_TEST, allBut(TESTS, new ExpTestLibrary(true, Set.of())),
                            Library.TAG, allBut(TAGS, new TagLibrary(true, Set.of())),
                            Library.FUNCTION, allBut(FUNCTIONS, new FunctionLibrary(true, Set.of()))));
            PythonFilters.registerIn(this);
        }

        @Override
        public void addResolvedExpression(String expression) {}

        @Override
        public void addResolvedValue(String value) {}

        @Override
        public void addResolvedFunction(String function) {}
    }
}
