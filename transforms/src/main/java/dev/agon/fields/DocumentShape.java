package dev.agon.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** What a value of a document is, in words for messages; a few characters of it, never all. */
public final class DocumentShape {

    private static final int NAMES = 8;
    private static final int CHARACTERS = 40;

    private DocumentShape() {}

    /** Its fields or its kind, as a sentence about the whole document. */
    public static String of(JsonNode document) {
        if (!document.isObject()) {
            return "The document is " + kind(document);
        }
        StringBuilder names = new StringBuilder();
        Iterator<String> fields = document.fieldNames();
        for (int i = 0; i < NAMES && fields.hasNext(); i++) {
            names.append(i == 0 ? "" : ", ").append(cut(fields.next()));
        }
        return names.isEmpty()
                ? "The document is an empty object"
                : "The document's fields are " + names + (fields.hasNext() ? ", …" : "");
    }

    /** Such as {@code the text "a lot"}. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "the text \"" + cut(value.textValue()) + '"';
            case NUMBER -> "the number " + cut(value.asText());
            case BOOLEAN -> value.asText();
            case ARRAY -> "a list of " + value.size();
            case OBJECT -> "an object";
            case NULL -> "null";
            default -> "missing";
        };
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= CHARACTERS ? line : line.substring(0, CHARACTERS) + "…";
    }
}
