package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps a part of a document in {@code extra} without the texts that a column already has. Such a text becomes {@code {"$":
 * "<column>"}}, and back. An object that already looks like this becomes {@code {"$": {…}}}.
 */
final class ColumnReferences {

    private static final String MARK = "$";

    /** Shorter texts are kept, since a reference would not be shorter. */
    private static final int SHORTEST = 24;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** Adds a column. The first of several columns with the same text is used. */
    ColumnReferences column(String name, CharSequence text) {
        if (text != null) {
            texts.put(name, text.toString());
            if (text.length() >= SHORTEST) {
                names.putIfAbsent(text.toString(), name);
            }
        }
        return this;
    }

    /** The columns of a step. */
    static ColumnReferences of(Step step) {
        ColumnReferences columns = new ColumnReferences()
                .column("message", step.getMessage())
                .column("reasoning", step.getReasoning())
                .column("observation", step.getObservation());
        int number = 0;
        for (CommandRun command : step.getCommands()) {
            columns.column("command." + number, command.getCommand())
                    .column("output." + number, command.getOutput())
                    .column("observation." + number, command.getObservation());
            number++;
        }
        number = 0;
        for (ToolCall call : step.getToolCalls()) {
            columns.column("arguments." + number++, call.getArguments());
        }
        return columns;
    }

    /** A copy of the tree without the texts of the columns. */
    JsonNode without(JsonNode tree) {
        if (tree.isTextual()) {
            String name = names.get(tree.textValue());
            return name == null ? tree : marked(JsonNodeFactory.instance.textNode(name));
        }
        if (tree.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(tree.size());
            tree.forEach(element -> copy.add(without(element)));
            return copy;
        }
        if (tree.isObject()) {
            if (isMarked(tree)) {
                return marked(tree);
            }
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            tree.properties().forEach(field -> copy.set(field.getKey(), without(field.getValue())));
            return copy;
        }
        return tree;
    }

    /** The tree with the columns' texts; a reference to a column that is not there stands for nothing. */
    JsonNode with(JsonNode tree) {
        if (isMarked(tree)) {
            JsonNode held = tree.get(MARK);
            return held.isTextual() ? JsonNodeFactory.instance.textNode(texts.get(held.textValue())) : held;
        }
        if (tree.isArray()) {
            ArrayNode whole = JsonNodeFactory.instance.arrayNode(tree.size());
            tree.forEach(element -> whole.add(with(element)));
            return whole;
        }
        if (tree.isObject()) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            tree.properties().forEach(field -> whole.set(field.getKey(), with(field.getValue())));
            return whole;
        }
        return tree;
    }

    private static boolean isMarked(JsonNode tree) {
        return tree.isObject() && tree.size() == 1 && tree.has(MARK);
    }

    private static ObjectNode marked(JsonNode held) {
        return JsonNodeFactory.instance.objectNode().set(MARK, held);
    }
}
