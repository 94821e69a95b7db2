package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;

/** JSON that stands in a text of another document. */
final class JsonText {

    private JsonText() {}

    /** The value; missing when the text is not JSON. */
    static JsonNode parse(String text) {
        try {
            return new JsonDocuments(text.getBytes(StandardCharsets.UTF_8)).next();
        } catch (BadTrajectoryException e) {
            return MissingNode.getInstance();
        }
    }

    /** An object with one field. */
    static String object(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value).toString();
    }
}
