package dev.agon.repair;

import dev.agon.repair.PythonToken.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One function of a Python file, or the statements outside of all functions.
 *
 * @param name its name; {@code <module>} for the statements outside
 * @param body its statements, with those of functions inside it
 * @param variables names used in it as variables, parameters included, in order of appearance
 */
record PythonFunction(String name, List<PythonStatement> body, Set<String> variables) {

    static final String MODULE = "<module>";

    private static final Set<String> WORDS = Set.of(
            ("and or not if elif else for while in is return lambda True False None pass break continue def class "
                            + "import from as with try except finally raise assert del global nonlocal yield await async self cls")
                    .split(" "));

    static List<PythonFunction> of(String text) {
        List<PythonLine> lines = PythonLexer.lines(text);
        List<PythonFunction> functions = new ArrayList<>();
        List<PythonLine> outside = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            PythonLine line = lines.get(at);
            if (!line.startsWith("def") || line.tokens().size() < 2) {
                outside.add(line);
                at++;
                continue;
            }
            int end = at + 1;
            while (end < lines.size()
                    && lines.get(end).indent().length() > line.indent().length()) {
                end++;
            }
            functions.add(function(line.tokens().get(1).text(), lines.subList(at, end)));
            at = end;
        }
        functions.add(function(MODULE, outside));
        return functions;
    }

    private static PythonFunction function(String name, List<PythonLine> lines) {
        List<PythonStatement> body = lines.stream()
                .filter(line -> !line.isDocstring())
                .map(PythonStatement::read)
                .toList();
        Set<String> variables = new LinkedHashSet<>();
        for (PythonStatement statement : body) {
            variables(statement.line(), variables);
        }
        return new PythonFunction(name, body, variables);
    }

    private static void variables(PythonLine line, Set<String> variables) {
        if (line.startsWith("import") || line.startsWith("from") || line.startsWith("class")) {
            return;
        }
        List<PythonToken> tokens = line.tokens();
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            PythonToken token = tokens.get(i);
            depth += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
            boolean before =
                    i > 0 && (tokens.get(i - 1).is(".") || tokens.get(i - 1).is("def"));
            boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
            boolean annotation = line.startsWith("def") && i > 0 && !(depth == 1 && parameter(tokens.get(i - 1)));
            boolean keyword = !line.startsWith("def")
                    && depth > 0
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is("=");
            if (token.type() == Type.NAME
                    && !before
                    && !called
                    && !annotation
                    && !keyword
                    && !WORDS.contains(token.text())) {
                variables.add(token.text());
            }
        }
    }

    private static boolean parameter(PythonToken previous) {
        return previous.is("(") || previous.is(",") || previous.is("*") || previous.is("**");
    }
}
