package dev.agon.prompts;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.tree.ExpressionNode;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The variables and filters that a template names, in whatever branch. A template's own variables are known from where they are set. */
final class TemplateNames {

    /** Names that every template has. */
    private static final Set<String> EVERYWHERE =
            Set.of("none", "None", "true", "True", "false", "False", "loop", "varargs", "kwargs", "caller");

    private final Set<String> own = new HashSet<>(EVERYWHERE);
    private final List<Use> uses = new ArrayList<>();

    /** A name where it is read. */
    record Use(String name, int line) {}

    private TemplateNames(Node root) {
        walk(root);
    }

    /** The names that a template needs from outside, in order. */
    static List<Use> free(Node root) {
        TemplateNames names = new TemplateNames(root);
        return names.uses.stream()
                .filter(use -> !names.own.contains(use.name()))
                .toList();
    }

    private void walk(Node node) {
        if (node instanceof ExpressionNode) {
            read(((ExpressionToken) node.getMaster()).getExpr(), node);
        } else if (node instanceof TagNode tag) {
            tag(tag);
        }
        node.getChildren().forEach(this::walk);
    }

    private void tag(TagNode tag) {
        String text = tag.getHelpers();
        switch (tag.getName()) {
            case "if", "elif" -> read(text, tag);
            case "for" -> assign(text, " in ", tag);
            case "set" -> assign(text, "=", tag);
            case "macro" -> names(text.substring(text.indexOf('(') + 1).replaceAll("=[^,)]*|\\)", ""));
            default -> {} // nothing is read or set
        }
    }

    private void assign(String text, String sign, TagNode tag) {
        int at = text.indexOf(sign);
        names(at < 0 ? text : text.substring(0, at));
        if (at >= 0) {
            read(text.substring(at + sign.length()), tag);
        }
    }

    private void names(String separatedByCommas) {
        Arrays.stream(separatedByCommas.split("[,()]")).map(String::strip).forEach(own::add);
    }

    private void read(String expression, Node node) {
        try {
            PythonExpressions.variables(expression).forEach(name -> uses.add(new Use(name, node.getLineNumber())));
        } catch (RuntimeException e) {
            throw new InterpretException(e.getMessage(), e, node.getLineNumber());
        }
    }
}
