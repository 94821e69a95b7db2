package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatMessage.Speaker;
import dev.agon.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Conversations in the form of Messages: user and assistant take turns, the user speaks the results of tools, and a turn is a list of
 * blocks. Adjacent messages of the same side are one turn.
 *
 * <p>The ends of the user's last two turns carry a mark: the endpoint caches the conversation up to there. The first mark is where
 * the previous call wrote its cache entry, the second is where the next call will read it.
 */
final class AnthropicMessages {

    /** The blocks of thought in a message's state. The endpoint wants them back first and unchanged. */
    static final String THINKING_BLOCKS = "thinking_blocks";

    /** One message's blocks, joined by commas; empty without blocks. A constant, since messages compare encoders by identity. */
    static final Function<ChatMessage, byte[]> ENCODER = AnthropicMessages::encode;

    private static final String CACHED_END = ",\"cache_control\":{\"type\":\"ephemeral\"}}";
    private static final int CACHED_USER_TURNS = 2;

    private AnthropicMessages() {}

    /** Adds the turns of a conversation, all but its system messages, to the array that a body has opened. */
    static void addTurns(Body body, List<ChatMessage> conversation) {
        List<ChatMessage> messages = spoken(conversation);
        boolean[] cached = cachedEnds(messages);
        String role = null;
        for (int index = 0; index < messages.size(); index++) {
            ChatMessage message = messages.get(index);
            String speaks = role(message);
            if (speaks.equals(role)) {
                body.addComma();
            } else {
                body.add((role == null ? "" : "]},") + "{\"role\":\"" + speaks + "\",\"content\":[");
                role = speaks;
            }
            addBlocks(body, message, cached[index]);
        }
        body.add(role == null ? "" : "]}");
    }

    /** Adds a message's blocks. The mark for the cache goes into the last block, before its closing brace. */
    static void addBlocks(Body body, ChatMessage message, boolean cached) {
        byte[] blocks = message.encodedBy(ENCODER);
        if (cached) {
            body.add(Arrays.copyOf(blocks, blocks.length - 1)).add(CACHED_END);
        } else {
            body.add(blocks);
        }
    }

    private static List<ChatMessage> spoken(List<ChatMessage> conversation) {
        List<ChatMessage> messages = new ArrayList<>(conversation.size());
        for (ChatMessage message : conversation) {
            if (message.speaker() != Speaker.SYSTEM && message.encodedBy(ENCODER).length > 0) {
                messages.add(message);
            }
        }
        return messages;
    }

    private static boolean[] cachedEnds(List<ChatMessage> messages) {
        boolean[] cached = new boolean[messages.size()];
        int marked = 0;
        for (int index = messages.size() - 1; index >= 0 && marked < CACHED_USER_TURNS; index--) {
            boolean endsTurn =
                    index + 1 == messages.size() || !role(messages.get(index)).equals(role(messages.get(index + 1)));
            if (endsTurn && messages.get(index).speaker() != Speaker.ASSISTANT) {
                cached[index] = true;
                marked++;
            }
        }
        return cached;
    }

    private static String role(ChatMessage message) {
        return message.speaker() == Speaker.ASSISTANT ? "assistant" : "user";
    }

    private static byte[] encode(ChatMessage message) {
        List<String> blocks = new ArrayList<>();
        message.providerState().flatMap(Json::parse).ifPresent(state -> {
            for (JsonNode block : state.path(THINKING_BLOCKS)) {
                blocks.add(Json.text(block));
            }
        });
        if (message.speaker() == Speaker.TOOL) {
            ObjectNode result = Json.object().put("type", "tool_result");
            result.put("tool_use_id", message.toolCallId().orElse("")).put("content", message.content());
            blocks.add(Json.text(result));
        } else if (!message.content().isBlank()) {
            // The endpoint rejects blank text.
            blocks.add(Json.text(Json.object().put("type", "text").put("text", message.content())));
        }
        for (ToolCall call : message.toolCalls()) {
            ObjectNode use = Json.object().put("type", "tool_use");
            use.put("id", call.id()).put("name", call.name());
            use.putRawValue("input", Json.raw(Json.argumentsObject(call)));
            blocks.add(Json.text(use));
        }
        return String.join(",", blocks).getBytes(StandardCharsets.UTF_8);
    }
}
