package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.Field;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the model in a mini-swe-agent trajectory, whichever of the two interfaces gave it: chat completions, where the message is the
 * answer and {@code extra.response} the whole response, or responses, where the message is the response.
 *
 * @param message its text, without its reasoning
 * @param reasoning its reasoning where it stands apart; null when there is none
 */
record MiniAnswer(String message, String reasoning, List<ToolCall> toolCalls) {

    static MiniAnswer of(MiniMessage turn) throws BadTrajectoryException {
        var response = turn.extra().get("response");
        if (turn.kind() == MiniMessage.Kind.REJECTED) {
            return isItems(response) ? items(response) : chat(inside(response), inside(response), true);
        }
        if (isItems(turn.field())) {
            return items(turn.field());
        }
        return chat(turn.field(), inside(response), false);
    }

    private static boolean isItems(Field<BadTrajectoryException> response) {
        return response.node().path("output").isArray();
    }

    private static Field<BadTrajectoryException> inside(Field<BadTrajectoryException> response)
            throws BadTrajectoryException {
        var choices = response.get("choices").elements();
        return choices.isEmpty() ? response.get("message") : choices.get(0).get("message");
    }

    private static MiniAnswer chat(
            Field<BadTrajectoryException> said, Field<BadTrajectoryException> raw, boolean rejected)
            throws BadTrajectoryException {
        String reasoning = null;
        for (var place : List.of(
                said.get("reasoning_content"),
                said.get("reasoning"),
                raw.get("reasoning_content"),
                raw.get("reasoning"))) {
            if (reasoning == null || reasoning.isEmpty()) {
                reasoning = place.node().isTextual() ? place.textOr(null) : reasoning;
            }
        }
        List<ToolCall> calls = calls(said);
        var content = said.get("content");
        if (content.isAbsent() && calls.isEmpty() && !rejected) {
            throw content.wrong("text or a list of parts, since the message calls no tool");
        }
        return new MiniAnswer(MessageText.of(content), reasoning, calls);
    }

    /** The calls of tools in a message of chat completions. */
    static List<ToolCall> calls(Field<BadTrajectoryException> message) throws BadTrajectoryException {
        List<ToolCall> calls = new ArrayList<>();
        for (var call : message.get("tool_calls").elements()) {
            var function = call.get("function");
            calls.add(call(call.get("id"), function.get("name"), function.get("arguments")));
        }
        return calls;
    }

    private static MiniAnswer items(Field<BadTrajectoryException> response) throws BadTrajectoryException {
        List<String> texts = new ArrayList<>();
        List<String> reasoning = new ArrayList<>();
        List<ToolCall> calls = new ArrayList<>();
        for (var item : response.get("output").elements()) {
            switch (item.get("type").node().asText("")) {
                case "message" -> texts.add(MessageText.of(item.get("content")));
                case "reasoning" -> {
                    reasoning.add(MessageText.of(item.get("summary")));
                    reasoning.add(MessageText.of(item.get("content")));
                }
                case "function_call" ->
                    calls.add(call(
                            item.get("call_id").isAbsent() ? item.get("id") : item.get("call_id"),
                            item.get("name"),
                            item.get("arguments")));
                default -> {} // other items are kept in extra
            }
        }
        reasoning.removeIf(String::isEmpty);
        return new MiniAnswer(
                String.join("\n", texts), reasoning.isEmpty() ? null : String.join("\n", reasoning), calls);
    }

    private static ToolCall call(
            Field<BadTrajectoryException> id,
            Field<BadTrajectoryException> name,
            Field<BadTrajectoryException> arguments)
            throws BadTrajectoryException {
        JsonNode held = arguments.node();
        return new ToolCall(
                id.textOr(""), name.textOr(""), held.isContainerNode() ? ExtraJson.text(held) : arguments.textOr(""));
    }
}
