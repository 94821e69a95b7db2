package dev.agon.fields;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * One field of a document, asked for what it holds. A field that is absent and one that is null are the same.
 *
 * <p>Whatever is asked fails when the field holds something else. The message names the field by its path, says what it holds and
 * what was expected.
 *
 * @param <E> what is thrown then
 */
public final class Field<E extends Exception> {

    /** More tokens than any trajectory has; what is above is a mistake, and sums of what is below cannot overflow. */
    private static final double MOST_COUNT = 1e12;

    private static final double MOST_USD = 1e9;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Of two values for one key none is taken. */
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Makes what is thrown. */
    @FunctionalInterface
    public interface Problems<E extends Exception> {

        /**
         * @param place such as {@code messages[3].extra.cost} or {@code line 3}; empty for the whole document
         * @param problem such as {@code is missing, expected text}
         */
        E of(String place, String problem);

        /** Problems of a file, whose name stands before the place. */
        static <E extends Exception> Problems<E> in(String file, Function<String, E> exception) {
            return (place, problem) -> exception.apply(file + ": " + (place.isEmpty() ? "" : place + ": ") + problem);
        }
    }

    private final JsonNode node;
    private final Problems<E> problems;
    private final Field<E> parent;
    private final String step;

    private Field(JsonNode node, Problems<E> problems, Field<E> parent, String step) {
        this.node = node;
        this.problems = problems;
        this.parent = parent;
        this.step = step;
    }

    /** A document as a whole. */
    public static <E extends Exception> Field<E> of(JsonNode document, Problems<E> problems) {
        return new Field<>(document, problems, null, "");
    }

    /** A document in YAML as a whole. Fails also when it holds a key twice, or a second document. */
    public static <E extends Exception> Field<E> readYaml(String text, Problems<E> problems) throws E {
        return read(YAML, text, problems);
    }

    /** A document as a whole, from its text. Fails when it is not in the mapper's language. */
    public static <E extends Exception> Field<E> read(ObjectMapper mapper, String text, Problems<E> problems) throws E {
        try {
            return of(mapper.readTree(text), problems);
        } catch (JsonProcessingException e) {
            throw problems.of(
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr(),
                    "not readable as " + mapper.getFactory().getFormatName().toUpperCase(Locale.ROOT) + ": "
                            + e.getOriginalMessage().replaceAll("\\s+", " "));
        }
    }

    /** What it holds; a missing node when it is absent. */
    public JsonNode node() {
        return node;
    }

    /** Such as {@code messages[3].extra.cost}; empty for the whole document. */
    public String path() {
        String before = parent == null ? "" : parent.path();
        return before + (before.isEmpty() || step.startsWith("[") ? "" : ".") + step;
    }

    public boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    /** A field of this object; absent when this is absent. */
    public Field<E> get(String name) throws E {
        if (!isAbsent() && !node.isObject()) {
            throw wrong("an object");
        }
        return new Field<>(node.path(name), problems, this, name);
    }

    /** A field below this one, whose names are parted by dots. */
    public Field<E> at(String path) throws E {
        Field<E> field = this;
        for (String name : path.split("\\.")) {
            field = field.get(name);
        }
        return field;
    }

    /** The elements of this list; none when it is absent. */
    public List<Field<E>> elements() throws E {
        return isAbsent() ? List.of() : presentElements();
    }

    /** The same; a list that is absent is an error. */
    public List<Field<E>> presentElements() throws E {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        List<Field<E>> elements = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            elements.add(new Field<>(element, problems, this, "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** This object; an error when it is absent. */
    public Field<E> presentObject() throws E {
        return presentObject("an object");
    }

    /** The same; what was expected is said in the words of the document. */
    public Field<E> presentObject(String expected) throws E {
        if (!node.isObject()) {
            throw wrong(expected);
        }
        return this;
    }

    /** What the JSON in this text holds, at the same path; the field itself when it is no text. */
    public Field<E> unpacked(String expected) throws E {
        if (!node.isTextual()) {
            return this;
        }
        try {
            return new Field<>(JSON.readTree(node.textValue()), problems, parent, step);
        } catch (JsonProcessingException e) {
            throw wrong(expected);
        }
    }

    /** Text for a column; empty when the field is absent. */
    public Optional<String> text() throws E {
        return isAbsent() ? Optional.empty() : Optional.of(presentText("text"));
    }

    public String textOr(String absent) throws E {
        return isAbsent() ? absent : presentText("text");
    }

    /** Text for a column; an error when it is absent. */
    public String presentText(String expected) throws E {
        if (!node.isTextual()) {
            throw wrong(isAbsent() ? expected : "text");
        }
        return ColumnText.valid(node.textValue());
    }

    /** Text that says something; an error when it is absent. */
    public String filledText() throws E {
        String text = presentText("text");
        if (text.isBlank()) {
            throw wrong("text that is not blank");
        }
        return text;
    }

    /**
     * Texts by their names, in the order of the document; none when this is absent. Numbers, true and false are errors: 3.10 and 010 would
     * not stay what they are.
     */
    public Map<String, String> textByName() throws E {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!isAbsent()) {
            for (String name : (Iterable<String>) presentObject("texts by name").node::fieldNames) {
                Field<E> field = get(name);
                if (field.node.isNumber() || field.node.isBoolean()) {
                    throw field.wrong("text, in quotes, such as \"" + field.node.asText() + '"');
                }
                texts.put(name, field.presentText("text"));
            }
        }
        return texts;
    }

    /** True or false; an error when it is absent. */
    public boolean flag() throws E {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    /** A number of things, not below 0; 0 when it is absent. */
    public long count() throws E {
        return (long) number(
                        value -> value == Math.rint(value) && value >= 0 && value <= MOST_COUNT,
                        "a whole number from 0 to 10^12")
                .orElse(0);
    }

    /** An amount of USD, not below 0; empty when it is absent. */
    public OptionalDouble usd() throws E {
        return number(value -> value >= 0 && value <= MOST_USD, "an amount of USD from 0 to 10^9");
    }

    /** A finite number; empty when it is absent. */
    public OptionalDouble number() throws E {
        return number(Double::isFinite, "a number");
    }

    /** A number of a kind; empty when it is absent. */
    public OptionalDouble number(DoublePredicate kind, String expected) throws E {
        if (isAbsent()) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber() || !kind.test(node.doubleValue())) {
            throw wrong(expected);
        }
        return OptionalDouble.of(node.doubleValue());
    }

    /** What to throw when the field does not hold what is expected. */
    public E wrong(String expected) {
        String holds = node.isMissingNode() && parent == null ? "empty" : DocumentShape.kind(node);
        return problem("is " + holds + ", expected " + expected);
    }

    /** What to throw when something else is wrong with the field. */
    public E problem(String problem) {
        return problems.of(path(), problem);
    }
}
