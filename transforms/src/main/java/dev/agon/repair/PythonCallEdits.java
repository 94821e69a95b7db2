package dev.agon.repair;

import dev.agon.repair.PythonNode.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Edits of the calls, indexes, slices and comprehensions in a Python expression, and wrappers around any value. */
final class PythonCallEdits {

    private static final Map<String, List<String>> SIBLINGS =
            siblings("min max sum; any all; sorted reversed list; len sum; int float str round; set list tuple sorted; "
                    + "abs; ord chr; ceil floor; upper lower; isupper islower; isdigit isalpha isalnum isnumeric; "
                    + "startswith endswith; strip lstrip rstrip; split rsplit splitlines; find rfind index; "
                    + "append extend insert; append add; pop popleft; popleft pop; keys values items; "
                    + "add remove discard; union intersection difference; get pop setdefault; bin hex oct; "
                    + "read readline readlines; divmod pow; swapcase upper lower; sin cos; log sqrt; "
                    + "match search fullmatch; dumps loads; load loads; dump dumps; zip enumerate; update add; "
                    + "capitalize title; appendleft append; count index; mean median; bisect_left bisect_right; "
                    + "most_common elements; ljust rjust center; partition rpartition; isspace isalpha; days seconds; "
                    + "year month day; filter map; first last");

    private static final List<String> WRAPPERS =
            List.of("abs len sorted set int list str float round sum max min reversed tuple".split(" "));
    private static final List<String> METHODS = List.of(".lower()", ".upper()", ".strip()", ".swapcase()", ".copy()");
    private static final List<String> SLICES = List.of("[::-1]", "[1:]", "[:-1]");

    private final EditList edits;
    private final String text;
    private final Set<String> functions;

    /**
     * @param edits where the edits go
     * @param functions names of the functions in the file; any of them may replace another
     */
    PythonCallEdits(EditList edits, Set<String> functions) {
        this.edits = edits;
        this.text = edits.text();
        this.functions = functions;
    }

    /** Edits of this node alone, not of the nodes below it. */
    void propose(PythonNode node) {
        switch (node.kind()) {
            case CALL -> call(node);
            case SUBSCRIPT -> subscript(node);
            case SLICE -> slice(node);
            case FOR -> {
                for (PythonNode condition :
                        node.children().subList(2, node.children().size())) {
                    int start = text.lastIndexOf("if", condition.start());
                    edits.replace(EditKind.DROPPED_CONDITION, start, condition.end(), "", 2);
                }
            }
            default -> {
                // The other kinds belong to PythonExpressionEdits.
            }
        }
    }

    /** Puts calls, methods, slices and signs around a value. */
    void wrap(PythonNode value) {
        if (edits.isFull()) {
            return;
        }
        String inner = value.text(text);
        boolean atom = Set.of(
                        Kind.NAME, Kind.CALL, Kind.SUBSCRIPT, Kind.ATTRIBUTE, Kind.PARENTHESES, Kind.STRING, Kind.LIST)
                .contains(value.kind());
        String operand = atom ? inner : "(" + inner + ")";
        for (String wrapper : WRAPPERS) {
            edits.replace(EditKind.WRAPPED_IN_CALL, value, wrapper + "(" + inner + ")");
        }
        if (value.kind() != Kind.LIST && value.kind() != Kind.STRING) {
            for (String suffix : List.of(" + 1", " - 1")) {
                edits.replace(EditKind.OFFSET, value, inner + suffix);
            }
            edits.replace(EditKind.SIGN, value, "-" + operand, 0.3);
            METHODS.forEach(method -> edits.replace(EditKind.ADDED_METHOD, value, operand + method));
        }
        SLICES.forEach(slice -> edits.replace(EditKind.ADDED_SLICE, value, operand + slice));
    }

    private void call(PythonNode node) {
        PythonNode callee = node.child(0);
        List<PythonNode> arguments = node.children().subList(1, node.children().size());
        sibling(callee);
        if (callee.kind() == Kind.ATTRIBUTE) {
            edits.replace(EditKind.UNWRAPPED_CALL, node, callee.child(0).text(text));
        }
        if (arguments.size() == 1 && arguments.get(0).kind() != Kind.COMPREHENSION) {
            edits.replace(EditKind.UNWRAPPED_CALL, node, arguments.get(0).text(text));
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (i + 1 < arguments.size()) {
                edits.swap(EditKind.SWAPPED_ARGUMENTS, arguments.get(i), arguments.get(i + 1));
                edits.replace(
                        EditKind.DROPPED_ARGUMENT,
                        arguments.get(i).start(),
                        arguments.get(i + 1).start(),
                        "");
            } else if (i > 0) {
                edits.replace(
                        EditKind.DROPPED_ARGUMENT,
                        arguments.get(i - 1).end(),
                        arguments.get(i).end(),
                        "");
            }
        }
        if (callee.kind() == Kind.NAME && callee.operator().equals("range")) {
            range(node, arguments);
        }
        if (Set.of("sorted", "sort").contains(callee.operator())
                && !node.text(text).contains("reverse")) {
            String separator = arguments.isEmpty() ? "" : ", ";
            edits.replace(EditKind.SIBLING_FUNCTION, node.end() - 1, node.end(), separator + "reverse=True)");
        }
    }

    private void sibling(PythonNode callee) {
        String name = callee.operator();
        for (String other : SIBLINGS.getOrDefault(name, List.of())) {
            edits.replace(EditKind.SIBLING_FUNCTION, callee.operatorStart(), callee.operatorEnd(), other);
        }
        if (functions.contains(name)) {
            functions.forEach(other ->
                    edits.replace(EditKind.SIBLING_FUNCTION, callee.operatorStart(), callee.operatorEnd(), other));
        }
    }

    private void range(PythonNode node, List<PythonNode> arguments) {
        arguments.forEach(bound -> byOne(EditKind.RANGE_BOUND, bound));
        if (arguments.size() == 1) {
            edits.replace(
                    EditKind.RANGE_SHAPE,
                    arguments.get(0),
                    "1, " + arguments.get(0).text(text));
            edits.replace(
                    EditKind.RANGE_SHAPE,
                    arguments.get(0),
                    "2, " + arguments.get(0).text(text),
                    0.5);
            edits.replace(
                    EditKind.RANGE_SHAPE,
                    arguments.get(0),
                    "1, " + arguments.get(0).text(text) + " + 1");
        } else if (arguments.size() == 2) {
            edits.replace(EditKind.RANGE_SHAPE, node.end() - 1, node.end(), ", 2)", 0.5);
        }
    }

    private void byOne(EditKind kind, PythonNode bound) {
        if (bound.kind() != Kind.NUMBER) {
            edits.replace(kind, bound, bound.text(text) + " + 1");
            edits.replace(kind, bound, bound.text(text) + " - 1");
        }
    }

    private void subscript(PythonNode node) {
        PythonNode index = node.child(1);
        if (index.kind() != Kind.SLICE && index.kind() != Kind.TUPLE && index.kind() != Kind.STRING) {
            byOne(EditKind.INDEX, index);
            edits.replace(
                    EditKind.INDEX,
                    index,
                    "-" + (index.kind() == Kind.ARITHMETIC ? "(" + index.text(text) + ")" : index.text(text)),
                    0.5);
        }
        edits.replace(EditKind.UNWRAPPED_CALL, node, node.child(0).text(text));
    }

    private void slice(PythonNode node) {
        PythonNode lower = node.child(0);
        PythonNode upper = node.child(1);
        PythonNode step = node.child(2);
        for (PythonNode bound : List.of(lower, upper)) {
            if (bound.kind() != Kind.EMPTY) {
                byOne(EditKind.INDEX, bound);
                edits.replace(EditKind.INDEX, bound, "");
            }
        }
        if (lower.kind() == Kind.EMPTY) {
            edits.replace(EditKind.INDEX, lower, "1");
        }
        if (upper.kind() == Kind.EMPTY && step.kind() == Kind.EMPTY) {
            edits.replace(EditKind.INDEX, upper, "-1");
            edits.swap(EditKind.INDEX, lower.start(), lower.end(), node.operatorStart(), node.operatorStart() + 1, 1);
        } else if (lower.kind() == Kind.EMPTY && step.kind() == Kind.EMPTY) {
            edits.swap(EditKind.INDEX, node.operatorStart(), node.operatorStart() + 1, upper.start(), upper.end(), 1);
        }
    }

    private static Map<String, List<String>> siblings(String families) {
        return Stream.of(families.split("; "))
                .map(family -> List.of(family.split(" ")))
                .flatMap(family -> family.stream().map(name -> Map.entry(name, family)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.flatMapping(
                                entry -> entry.getValue().stream().filter(other -> !other.equals(entry.getKey())),
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        all -> all.stream().distinct().toList()))));
    }
}
