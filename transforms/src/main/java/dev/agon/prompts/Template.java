package dev.agon.prompts;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.UnknownTokenException;
import com.hubspot.jinjava.tree.ExpressionNode;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One prompt template in Jinja2, the language of mini-swe-agent's configuration files. It renders with mini-swe-agent's settings:
 * undefined variables are errors, nothing is escaped, one newline at the end of the source is dropped, and lengths and slices of
 * strings count code points.
 *
 * <p>In: the source, once, then values by variable. Out: text. A value is text and never a template: it is copied unchanged. Fails with
 * a {@link TemplateException} that names template, line and variable. {@link PythonJinja} lists the supported part of Jinja2. Anything
 * else is an error when the template is compiled or first rendered. It never renders as different text.
 *
 * <p>A template is compiled once. Many threads may render it.
 */
public final class Template {

    private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern INLINE_IF = Pattern.compile("\\sif\\s");

    /** Deepest nesting of tags, and of brackets in an expression, that every stack bears; people write far less. */
    private static final int DEEPEST = 50;
    /** Most characters of an expression, texts in it aside: each operator, attribute and filter of a chain nests, too. */
    private static final int LONGEST = 2_000;

    private final String name;
    private final String source;
    private final Node root;

    private Template(String name, String source, Node root) {
        this.name = name;
        this.source = source;
        this.root = root;
    }

    /**
     * Compiles a template.
     *
     * @param name its name in messages: a resource, or file and key
     * @param source the Jinja2 text
     */
    public static Template compile(String name, String source) {
        String unified = source.replace("\r\n", "\n").replace('\r', '\n');
        String text = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
        PythonJinja.Compiled compiled;
        try {
            compiled = PythonJinja.compile(text);
        } catch (InterpretException e) {
            throw new TemplateException("template " + name + ": " + e.getMessage(), e);
        } catch (StringIndexOutOfBoundsException e) { // the library does not expect it
            throw new TemplateException("template " + name + ": a {{ or {% is empty or does not end", e);
        }
        failOnFirst(name, compiled.errors(), Map.of());
        rejectMisread(name, compiled.root(), 1);
        return new Template(name, source, compiled.root());
    }

    /** Renders the template. A null value is Python's {@code None}: it is false, and it prints {@code None}. */
    public String render(Map<String, ?> values) {
        PythonJinja.Rendered rendered;
        try {
            rendered = PythonJinja.render(root, values);
        } catch (UnknownTokenException e) {
            throw new TemplateException(undefined(e.getToken(), e.getLineNumber(), values.keySet()), e);
        } catch (InterpretException e) {
            throw new TemplateException("template " + name + ": " + e.getMessage(), e);
        }
        failOnFirst(name, rendered.errors(), values);
        return rendered.text();
    }

    /** Its name in messages. */
    public String name() {
        return name;
    }

    /** The source as it was given. Hashes of prompts are taken over it. */
    public String source() {
        return source;
    }

    /** Fails when the template names, in whatever branch, a variable that is not among these, or a filter that there is not. */
    void checkNames(Set<String> variables) {
        for (TemplateNames.Use use : uses()) {
            if (!variables.contains(use.name()) && !PythonJinja.isFilter(use.name())) {
                throw new TemplateException(undefined(use.name(), use.line(), variables));
            }
        }
    }

    /** Whether the template reads a variable, in whatever branch. */
    public boolean reads(String variable) {
        return uses().stream().anyMatch(use -> use.name().equals(variable));
    }

    private List<TemplateNames.Use> uses() {
        try {
            return TemplateNames.free(root);
        } catch (InterpretException e) {
            throw new TemplateException(
                    "template %s, line %d: %s".formatted(name, e.getLineNumber(), e.getMessage()), e);
        }
    }

    private String undefined(String variable, int line, Set<String> defined) {
        if (variable.startsWith(PythonJinja.FILTER_PREFIX)) {
            return "template %s, line %d: filter `%s` is unknown or not supported"
                    .formatted(name, line, variable.substring(PythonJinja.FILTER_PREFIX.length()));
        }
        return "template %s, line %d: undefined variable `%s`; defined are: %s"
                .formatted(name, line, variable, String.join(", ", new TreeSet<>(defined)));
    }

    private static void failOnFirst(String name, List<TemplateError> errors, Map<String, ?> values) {
        if (!errors.isEmpty()) {
            TemplateError error = errors.get(0);
            String defined =
                    values.isEmpty() ? "" : "; defined are: " + String.join(", ", new TreeSet<>(values.keySet()));
            throw new TemplateException(
                    "template %s, line %d: %s%s".formatted(name, error.getLineno(), error.getMessage(), defined),
                    error.getException());
        }
    }

    /** Refuses forms that the library accepts and renders wrongly, and those that overflow its stack. */
    private static void rejectMisread(String name, Node node, int depth) {
        for (Node child : node.getChildren()) {
            rejectDeep(name, child, depth);
            if (child instanceof TagNode loop && loop.getName().equals("for")) {
                if (INLINE_IF
                        .matcher(QUOTED.matcher(loop.getHelpers()).replaceAll("''"))
                        .find()) {
                    throw unsupported(name, loop, "{% for … if … %}", "put an {% if %} inside the loop");
                }
                for (Node inLoop : loop.getChildren()) {
                    if (inLoop instanceof TagNode tag && tag.getName().equals("else")) {
                        throw unsupported(name, tag, "{% for %} with {% else %}", "put an {% if %} around the loop");
                    }
                }
            }
            if (child instanceof ExpressionNode
                    && ((ExpressionToken) child.getMaster()).getExpr().isBlank()) {
                throw unsupported(name, child, "an empty {{ }}", "name a variable");
            }
            rejectMisread(name, child, depth + 1);
        }
    }

    private static void rejectDeep(String name, Node node, int depth) {
        String expression = node instanceof TagNode tag
                ? tag.getHelpers()
                : node instanceof ExpressionNode ? ((ExpressionToken) node.getMaster()).getExpr() : "";
        String bare = QUOTED.matcher(expression).replaceAll("''");
        int open = 0;
        int deepest = depth;
        for (int at = 0; at < bare.length(); at++) {
            open += "([{".indexOf(bare.charAt(at)) >= 0 ? 1 : ")]}".indexOf(bare.charAt(at)) >= 0 ? -1 : 0;
            deepest = Math.max(deepest, open);
        }
        if (deepest > DEEPEST) {
            throw unsupported(name, node, "nesting deeper than " + DEEPEST, "set a variable on the way");
        }
        if (bare.length() > LONGEST) {
            throw unsupported(
                    name, node, "an expression of " + bare.length() + " characters", "set variables of its parts");
        }
    }

    private static TemplateException unsupported(String name, Node node, String form, String instead) {
        return new TemplateException(
                "template %s, line %d: %s is not supported; %s".formatted(name, node.getLineNumber(), form, instead));
    }
}
