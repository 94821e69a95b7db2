package dev.agon.prompts;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values in the form in which Python prints them. */
final class PythonText {

    private PythonText() {}

    /** What {@code str(value)} gives. */
    static String of(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double || value instanceof Float) {
            return decimal(((Number) value).doubleValue());
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(PythonText::quoted).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Object[] array) {
            return of(Arrays.asList(array));
        }
        return value == null ? "" : value.toString();
    }

    /** What {@code repr(value)} gives. */
    private static String quoted(Object value) {
        if (!(value instanceof String text)) {
            return of(value);
        }
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder literal = new StringBuilder().append(quote);
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> literal.append(c == quote ? "\\" : "").append(c);
            }
        }
        return literal.append(quote).toString();
    }

    /** The shortest decimal of the same value: plain between 1e-4 and 1e16, else with an exponent of two digits. */
    private static String decimal(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (size == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(value).split("E");
        int exponent = Integer.parseInt(parts[1]);
        String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** JSON as Jinja2's {@code tojson} writes it: ASCII only, sorted keys, safe inside of HTML. */
    static void appendJson(StringBuilder json, Object value) {
        if (value == None.NONE) {
            json.append("null");
        } else if (value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Number) {
            json.append(of(value));
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(of(key), item));
            json.append('{');
            sorted.forEach((key, item) -> {
                json.append(json.charAt(json.length() - 1) == '{' ? "" : ", ");
                appendString(json, key);
                json.append(": ");
                appendJson(json, item);
            });
            json.append('}');
        } else if (value instanceof Collection<?> items) {
            json.append('[');
            for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
                appendJson(json, each.next());
                json.append(each.hasNext() ? ", " : "");
            }
            json.append(']');
        } else {
            appendString(json, of(value));
        }
    }

    private static void appendString(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    boolean plain = c >= ' ' && c <= '~' && c != '<' && c != '>' && c != '&' && c != '\'';
                    if (plain) {
                        json.append(c);
                    } else {
                        json.append("\\u").append(hex4(c));
                    }
                }
            }
        }
        json.append('"');
    }

    private static String hex4(char c) {
        String hex = Integer.toHexString(c);
        return "0".repeat(4 - hex.length()) + hex;
    }
}
