package dev.agon.trajectory;

import dev.agon.fields.Field;
import java.util.ArrayList;
import java.util.List;

/** The text of a message's content: text, a list of parts of which some are text, or nothing. */
final class MessageText {

    private MessageText() {}

    /** The text of all parts that have any; empty when there is none. */
    static String of(Field<BadTrajectoryException> content) throws BadTrajectoryException {
        if (content.isAbsent() || content.node().isTextual()) {
            return content.textOr("");
        }
        if (!content.node().isArray()) {
            throw content.wrong("text, a list of parts, or null");
        }
        List<String> texts = new ArrayList<>();
        for (var part : content.elements()) {
            texts.add(
                    part.node().isTextual() ? part.textOr("") : part.get("text").textOr(""));
        }
        texts.removeIf(String::isEmpty);
        return String.join("\n", texts);
    }
}
