package dev.agon.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One message of a conversation. Messages with the same content are equal.
 *
 * <p>A message keeps its encoded form once a client has asked for it. Every call sends the whole conversation, so that otherwise each
 * step of a long rollout would encode all messages again.
 */
public final class ChatMessage {

    /** The speakers of the chat protocol. An observation is spoken by the user in the text protocol, and otherwise by the tool. */
    public enum Speaker {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    private final Speaker speaker;
    private final String content;
    private final List<ToolCall> toolCalls;
    private final Optional<String> toolCallId;
    private final Optional<String> providerState;
    private volatile Encoded encoded;

    private ChatMessage(
            Speaker speaker,
            String content,
            List<ToolCall> toolCalls,
            Optional<String> toolCallId,
            Optional<String> providerState) {
        this.speaker = speaker;
        this.content = content;
        this.toolCalls = toolCalls;
        this.toolCallId = toolCallId;
        this.providerState = providerState;
    }

    public static ChatMessage system(String content) {
        return new ChatMessage(Speaker.SYSTEM, content, List.of(), Optional.empty(), Optional.empty());
    }

    public static ChatMessage user(String content) {
        return new ChatMessage(Speaker.USER, content, List.of(), Optional.empty(), Optional.empty());
    }

    public static ChatMessage assistant(String content) {
        return assistant(content, List.of(), Optional.empty());
    }

    /**
     * A message of the model.
     *
     * @param toolCalls the tools it called
     * @param providerState parts of the message, as JSON, that its endpoint wants back unchanged
     */
    public static ChatMessage assistant(String content, List<ToolCall> toolCalls, Optional<String> providerState) {
        return new ChatMessage(Speaker.ASSISTANT, content, List.copyOf(toolCalls), Optional.empty(), providerState);
    }

    /** The result of the tool call that has this id. */
    public static ChatMessage tool(String toolCallId, String content) {
        return new ChatMessage(Speaker.TOOL, content, List.of(), Optional.of(toolCallId), Optional.empty());
    }

    public Speaker speaker() {
        return speaker;
    }

    public String content() {
        return content;
    }

    /** Tools that the assistant called in this message. */
    public List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /** The call whose result this message is; present when a tool speaks. */
    public Optional<String> toolCallId() {
        return toolCallId;
    }

    /** Parts of an assistant's message, as JSON, that its endpoint wants back unchanged. */
    public Optional<String> providerState() {
        return providerState;
    }

    /**
     * This message in the form that an endpoint takes. Computed once, and again only when another encoder asks.
     *
     * @param encoder a function that always gives the same bytes for the same message; compared by identity
     */
    public byte[] encodedBy(Function<ChatMessage, byte[]> encoder) {
        Encoded known = encoded;
        if (known == null || known.encoder != encoder) {
            known = new Encoded(encoder, encoder.apply(this));
            encoded = known;
        }
        return known.bytes;
    }

    private record Encoded(Function<ChatMessage, byte[]> encoder, byte[] bytes) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof ChatMessage message
                && speaker == message.speaker
                && content.equals(message.content)
                && toolCalls.equals(message.toolCalls)
                && toolCallId.equals(message.toolCallId)
                && providerState.equals(message.providerState);
    }

    @Override
    public int hashCode() {
        return Objects.hash(speaker, content, toolCalls, toolCallId, providerState);
    }

    /** The whole message. Journal keys of questions are made from this text. */
    @Override
    public String toString() {
        return "ChatMessage[" + speaker + ", " + content + ", " + toolCalls + ", " + toolCallId + ", " + providerState
                + "]";
    }
}
