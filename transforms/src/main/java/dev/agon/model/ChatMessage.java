package dev.agon.model;

/**
 * One message of a conversation.
 *
 * @param speaker who says it
 * @param content its text
 */
public record ChatMessage(Speaker speaker, String content) {

    /** The speakers of the chat protocol; observations of the text protocol are spoken by the user. */
    public enum Speaker {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public static ChatMessage system(String content) {
        return new ChatMessage(Speaker.SYSTEM, content);
    }

    public static ChatMessage user(String content) {
        return new ChatMessage(Speaker.USER, content);
    }

    public static ChatMessage assistant(String content) {
        return new ChatMessage(Speaker.ASSISTANT, content);
    }
}
