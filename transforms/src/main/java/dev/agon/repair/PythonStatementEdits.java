package dev.agon.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits that move, copy, delete, insert or re-indent whole statements of a Python function, or swap blocks. */
final class PythonStatementEdits {

    private static final Map<String, List<String>> ASSIGNMENTS = Map.of(
            "=", List.of("+=", "-=", "*="),
            "+=", List.of("-=", "=", "*="),
            "-=", List.of("+=", "=", "//="),
            "*=", List.of("+=", "//=", "/="),
            "/=", List.of("//=", "*="),
            "//=", List.of("/=", "*=", "%="),
            "%=", List.of("//="));
    private static final int MOST_COPIES = 12;

    private final EditList edits;
    private final String text;
    private final List<PythonStatement> body;

    PythonStatementEdits(EditList edits, List<PythonStatement> body) {
        this.edits = edits;
        this.text = edits.text();
        this.body = body;
    }

    void propose() {
        for (int i = 0; i < body.size(); i++) {
            PythonStatement statement = body.get(i);
            PythonLine line = statement.line();
            statement.assignment().ifPresent(this::assignment);
            words(statement);
            if (statement.isSimple()) {
                delete(i);
                reindent(i);
                copies(i);
            }
            if (i + 1 < body.size()) {
                neighbour(line, body.get(i + 1));
            }
            branches(i);
        }
    }

    private void assignment(PythonToken operator) {
        for (String other : ASSIGNMENTS.getOrDefault(operator.text(), List.of())) {
            edits.replace(EditKind.ASSIGNMENT, operator.start(), operator.end(), other);
        }
    }

    private void words(PythonStatement statement) {
        PythonToken first = statement.line().tokens().get(0);
        switch (statement.keyword()) {
            case "if" -> {
                edits.replace(EditKind.CONTROL, first.start(), first.end(), "elif", 0.5);
                edits.replace(EditKind.CONTROL, first.start(), first.end(), "while", 0.5);
            }
            case "elif" -> edits.replace(EditKind.CONTROL, first.start(), first.end(), "if");
            case "while" -> edits.replace(EditKind.CONTROL, first.start(), first.end(), "if", 0.5);
            case "break" -> edits.replace(EditKind.CONTROL, first.start(), first.end(), "continue");
            case "continue" -> edits.replace(EditKind.CONTROL, first.start(), first.end(), "break");
            default -> {
                // No other word has a counterpart.
            }
        }
    }

    /** Deletes a statement. The only statement of a block becomes {@code pass}. */
    private void delete(int index) {
        PythonLine line = body.get(index).line();
        boolean first = index > 0 && body.get(index - 1).line().opensBlock();
        boolean last = index + 1 >= body.size()
                || body.get(index + 1).line().indent().length() < line.indent().length();
        edits.replace(
                EditKind.DELETED_STATEMENT, line.start(), line.end(), first && last ? line.indent() + "pass\n" : "");
    }

    private void reindent(int index) {
        PythonLine line = body.get(index).line();
        String source = text.substring(line.codeStart(), line.end());
        for (int before = index - 1; before >= 0; before--) {
            String indent = body.get(before).line().indent();
            if (indent.length() < line.indent().length() && before > 0) {
                edits.replace(EditKind.MOVED_STATEMENT, line.start(), line.end(), indent + source, 2);
                break;
            }
        }
        if (index > 0) {
            PythonLine before = body.get(index - 1).line();
            if (before.indent().length() > line.indent().length()) {
                edits.replace(EditKind.MOVED_STATEMENT, line.start(), line.end(), before.indent() + source, 2);
            }
        }
    }

    /** Copies the statement to other places, and inserts a few usual statements after it. */
    private void copies(int index) {
        PythonLine line = body.get(index).line();
        String source = text.substring(line.codeStart(), line.codeEnd());
        double scale = 1.0 / Math.max(1, body.size() / 4.0);
        for (int to = Math.max(1, index - MOST_COPIES / 2); to < Math.min(body.size(), index + MOST_COPIES / 2); to++) {
            PythonLine after = body.get(to).line();
            if (to != index && !after.opensBlock()) {
                insertAfter(EditKind.COPIED_STATEMENT, after, source, scale);
            }
        }
        for (PythonNode target : body.get(index).targets()) {
            if (target.kind() == PythonNode.Kind.NAME) {
                insertAfter(EditKind.INSERTED_STATEMENT, line, target.operator() + " += 1", 0.3);
                insertAfter(EditKind.INSERTED_STATEMENT, line, target.operator() + " -= 1", 0.3);
                insertAfter(EditKind.INSERTED_STATEMENT, line, "return " + target.operator(), 0.3);
            }
        }
    }

    private void insertAfter(EditKind kind, PythonLine line, String source, double scale) {
        edits.replace(kind, line.codeEnd(), line.codeEnd(), "\n" + line.indent() + source, scale);
    }

    private void neighbour(PythonLine line, PythonStatement next) {
        PythonLine other = next.line();
        if (line.indent().equals(other.indent())
                && !other.opensBlock()
                && !line.opensBlock()
                && line.end() == other.start()) {
            edits.swap(
                    EditKind.MOVED_STATEMENT, line.codeStart(), line.codeEnd(), other.codeStart(), other.codeEnd(), 1);
        }
    }

    /** Swaps the blocks of an {@code if} and its {@code else}, or removes the condition of a block. */
    private void branches(int index) {
        PythonLine line = body.get(index).line();
        if (!body.get(index).keyword().equals("if") || !line.opensBlock()) {
            return;
        }
        List<PythonLine> block = block(index);
        if (block.isEmpty()) {
            return;
        }
        int after = index + block.size() + 1;
        int indent = block.get(0).indent().length();
        StringBuilder dedented = new StringBuilder();
        for (PythonLine inner : block) {
            dedented.append(line.indent())
                    .append(inner.indent()
                            .substring(Math.min(indent, inner.indent().length())))
                    .append(text, inner.codeStart(), inner.end());
        }
        int end = block.get(block.size() - 1).end();
        Optional<PythonStatement> next = after < body.size() ? Optional.of(body.get(after)) : Optional.empty();
        boolean alone = next.isEmpty()
                || !next.get().line().indent().equals(line.indent())
                || !(next.get().line().startsWith("else") || next.get().line().startsWith("elif"));
        if (alone) {
            edits.replace(EditKind.DROPPED_CONDITION, line.start(), end, dedented.toString());
            edits.replace(EditKind.DELETED_STATEMENT, line.start(), end, "");
        } else if (next.get().line().startsWith("else") && next.get().line().opensBlock()) {
            List<PythonLine> other = block(after);
            if (!other.isEmpty()) {
                PythonLine last = other.get(other.size() - 1);
                edits.swap(
                        EditKind.SWAPPED_BRANCHES,
                        block.get(0).start(),
                        end,
                        other.get(0).start(),
                        last.end(),
                        1);
            }
        }
    }

    private List<PythonLine> block(int head) {
        String indent = body.get(head).line().indent();
        List<PythonLine> block = new ArrayList<>();
        for (int i = head + 1; i < body.size() && body.get(i).line().indent().length() > indent.length(); i++) {
            block.add(body.get(i).line());
        }
        return block;
    }
}
