package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One kind of object of ATIF 1.7: the fields it may have, and what each may hold. Makes an object of any version, or with fields
 * that are not of the format, into one that has no others: those go into {@code extra} where the kind has one.
 */
final class AtifObject {

    /** What a field may hold. */
    interface Value {

        /** The value as 1.7 has it; fails when it is of another type. The field is there and not null. */
        JsonNode strict(Field<BadTrajectoryException> field) throws BadTrajectoryException;
    }

    private static final String EXTRA = "extra";
    static final Value TEXT = field -> field.text().isPresent() ? field.node() : null;
    static final Value NUMBER = field -> field.number().isPresent() ? field.node() : null;
    static final Value USD = field -> field.usd().isPresent() ? field.node() : null;
    static final Value OBJECT = field -> field.presentObject().node();
    static final Value COUNT = field -> {
        long count = field.count();
        return field.node().isIntegralNumber() ? field.node() : JsonNodeFactory.instance.numberNode(count);
    };
    static final Value FLAG = field -> BooleanNode.valueOf(field.flag());
    static final Value LIST = field -> {
        if (!field.node().isArray()) {
            throw field.wrong("a list");
        }
        return field.node();
    };

    private final Map<String, Value> fields = new LinkedHashMap<>();
    private boolean open;

    AtifObject field(String name, Value value) {
        fields.put(name, value);
        return this;
    }

    /** The kind has an {@code extra}, for whatever the format does not know. */
    AtifObject extra() {
        open = true;
        return field(EXTRA, OBJECT);
    }

    /** The same object with fields of the format only; the tree that it was made from stays as it is. */
    ObjectNode strict(Field<BadTrajectoryException> object) throws BadTrajectoryException {
        ObjectNode strict = JsonNodeFactory.instance.objectNode();
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.presentObject().node().properties()) {
            Value value = fields.get(field.getKey());
            if (value == null) {
                others.set(field.getKey(), field.getValue());
            } else {
                strict.set(
                        field.getKey(),
                        field.getValue().isNull() ? field.getValue() : value.strict(object.get(field.getKey())));
            }
        }
        if (open && !others.isEmpty()) {
            keep(strict, others);
        }
        return strict;
    }

    /** Each of a list of such objects. */
    Value each() {
        return field -> {
            var list = JsonNodeFactory.instance.arrayNode();
            for (var element : field.presentElements()) {
                list.add(strict(element));
            }
            return list;
        };
    }

    /** Moves fields that may not stand in an object of this kind into its {@code extra}. */
    static void move(ObjectNode object, List<String> names) {
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            JsonNode value = object.remove(name);
            if (value != null && !value.isNull()) {
                others.set(name, value);
            }
        }
        if (!others.isEmpty()) {
            keep(object, others);
        }
    }

    private static void keep(ObjectNode object, ObjectNode others) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        if (object.get(EXTRA) instanceof ObjectNode had) {
            extra.setAll(had);
        }
        others.properties().forEach(other -> extra.putIfAbsent(other.getKey(), other.getValue()));
        object.set(EXTRA, extra);
    }
}
