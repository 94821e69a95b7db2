package dev.agon.repair;

/**
 * The kinds of edits. The weight says how likely one candidate of the kind is the repair, relative to the other kinds. The weights
 * have the order of magnitude of success frequencies. None is tuned to a task.
 */
enum EditKind {
    BOOLEAN_OPERATOR("boolean operator", 5),
    SWAPPED_ELEMENTS("swapped elements", 5),
    DROPPED_OPERAND("dropped operand", 5),
    NUMBER("number", 3),
    COMPARISON("comparison", 3),
    RANGE_BOUND("range bound by one", 3),
    NEGATED_CONDITION("negated condition", 3),
    SWAPPED_OPERANDS("swapped operands", 3),
    ARITHMETIC("arithmetic operator", 2),
    STRING("string", 2),
    SWAPPED_BRANCHES("swapped branches", 2),
    NAME("other name", 2),
    RANGE_SHAPE("range shape", 2),
    TRUTH_VALUE("truth value", 2),
    SIBLING_FUNCTION("sibling function", 2),
    INDEX("index or slice bound by one", 1),
    DROPPED_ARGUMENT("dropped argument", 1),
    SWAPPED_ARGUMENTS("swapped arguments", 1),
    UNWRAPPED_CALL("unwrapped call", 1),
    SIGN("sign", 1),
    DROPPED_CONDITION("dropped condition", 1),
    ASSIGNMENT("assignment operator", 1),
    CONTROL("control flow word", 1),
    SETTING("value seen elsewhere", 3),
    OPTION("command option", 2),
    FIELD("field number", 2),
    QUOTING("quoting", 2),
    SEPARATOR("separator", 1),
    MOVED_STATEMENT("moved statement", 0.5),
    COPIED_STATEMENT("copied statement", 0.5),
    DELETED_STATEMENT("deleted statement", 0.5),
    INSERTED_STATEMENT("inserted statement", 0.5),
    OFFSET("offset by one", 0.2),
    WRAPPED_IN_CALL("wrapped in a call", 0.2),
    ADDED_METHOD("added method", 0.2),
    ADDED_SLICE("added slice", 0.2),
    /** A change that an earlier attempt reported. */
    REPORTED("reported change", 5);

    private final String id;
    private final double weight;

    EditKind(String id, double weight) {
        this.id = id;
        this.weight = weight;
    }

    /** Its name in thoughts and summaries. */
    String id() {
        return id;
    }

    double weight() {
        return weight;
    }
}
