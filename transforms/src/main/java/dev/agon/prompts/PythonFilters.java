package dev.agon.prompts;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.Collection;
import java.util.Map;

/** Replaces the filters and the test whose results in the library differ from Jinja2's. */
final class PythonFilters {

    private PythonFilters() {}

    static void registerIn(Context context) {
        context.registerFilter(new Length("length"));
        context.registerFilter(new Length("count"));
        context.registerFilter(new ToJson("tojson"));
        context.registerFilter(new Indent("indent"));
        context.registerExpTest(new IsNone("none"));
    }

    /** The length of a string is its number of code points, as in Python. */
    private record Length(String getName) implements Filter {

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
            if (value instanceof CharSequence text) {
                return text.toString().codePointCount(0, text.length());
            }
            if (value instanceof Collection<?> items) {
                return items.size();
            }
            if (value instanceof Map<?, ?> map) {
                return map.size();
            }
            throw new InterpretException(
                    "filter `" + getName + "` needs a string, a list or a mapping, got " + PythonText.of(value),
                    interpreter.getLineNumber());
        }
    }

    private record ToJson(String getName) implements Filter {

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
            if (arguments.length > 0) {
                throw new InterpretException("filter `tojson` takes no argument here", interpreter.getLineNumber());
            }
            StringBuilder json = new StringBuilder();
            PythonText.appendJson(json, value);
            return json.toString();
        }
    }

    private record Indent(String getName) implements Filter {

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
            int width = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
            boolean first = arguments.length > 1 && Boolean.parseBoolean(arguments[1]);
            String margin = " ".repeat(width);
            String[] lines = PythonText.of(value).split("\n", -1);
            StringBuilder text = new StringBuilder(first ? margin + lines[0] : lines[0]);
            for (int i = 1; i < lines.length; i++) {
                text.append('\n').append(lines[i].isEmpty() ? "" : margin).append(lines[i]);
            }
            return text.toString();
        }
    }

    private record IsNone(String getName) implements ExpTest {

        @Override
        public boolean evaluate(Object value, JinjavaInterpreter interpreter, Object... arguments) {
            return value == None.NONE;
        }
    }
}
