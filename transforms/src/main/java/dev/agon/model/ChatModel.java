package dev.agon.model;

/**
 * A model that answers a conversation: an HTTP endpoint, a journal, or the {@code repair} policy.
 *
 * <p>In: a {@link ChatRequest}. Out: one {@link ChatReply}. Fails with a {@link ModelException} once whatever retries the
 * implementation makes are used up; the exception's kind says whether the element, or the whole run, ends with it.
 * Implementations are safe for use by many threads at once.
 */
public interface ChatModel {

    ChatReply reply(ChatRequest request) throws ModelException, InterruptedException;
}
