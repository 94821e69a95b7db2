package dev.agon.trajectory;

import dev.agon.fields.Field;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One message of a mini-swe-agent trajectory.
 *
 * @param field the message
 * @param kind what it is in the conversation
 */
record MiniMessage(Field<BadTrajectoryException> field, Kind kind) {

    enum Kind {
        SYSTEM,
        USER,
        /** An answer of the model. */
        ASSISTANT,
        /** An answer with a wrong format. It is inside of the complaint about it. */
        REJECTED,
        /** The result of one tool call. */
        TOOL,
        /** Written at the end of the agent. No model reads it. */
        EXIT
    }

    static MiniMessage of(Field<BadTrajectoryException> message) throws BadTrajectoryException {
        message.presentObject();
        if (message.get("object").node().asText("").equals("response")) {
            return new MiniMessage(message, Kind.ASSISTANT);
        }
        if (message.get("type").node().asText("").equals("function_call_output")) {
            return new MiniMessage(message, Kind.TOOL);
        }
        var role = message.get("role");
        Kind kind = switch (role.presentText("the role of the message")) {
            case "system", "developer" -> Kind.SYSTEM;
            case "user" -> message.get("extra").get("response").node().isObject() ? Kind.REJECTED : Kind.USER;
            case "assistant" -> Kind.ASSISTANT;
            case "tool" -> Kind.TOOL;
            case "exit" -> Kind.EXIT;
            default -> throw role.wrong("system, user, assistant, tool or exit");
        };
        return new MiniMessage(message, kind);
    }

    boolean opensStep() {
        return kind == Kind.ASSISTANT || kind == Kind.REJECTED;
    }

    Field<BadTrajectoryException> extra() throws BadTrajectoryException {
        return field.get("extra");
    }

    /** The text of the message. In the responses format it is in the output items, or in the output of a tool. */
    String text() throws BadTrajectoryException {
        var text = field.get(field.get("call_id").isAbsent() ? "content" : "output");
        if (text.isAbsent() && kind != Kind.EXIT) {
            throw text.wrong("text or a list of parts");
        }
        return MessageText.of(text);
    }

    /** When it was written, in seconds since 1970; or else when the endpoint began its answer. */
    OptionalDouble timestamp() throws BadTrajectoryException {
        for (var time : List.of(
                extra().get("timestamp"),
                extra().get("response").get("created"),
                field.get("created_at"),
                field.get("created"))) {
            if (!time.isAbsent()) {
                return time.number();
            }
        }
        return OptionalDouble.empty();
    }
}
