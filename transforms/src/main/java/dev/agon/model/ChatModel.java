package dev.agon.model;

import java.util.List;

/**
 * A model that answers a conversation: an HTTP endpoint, a journal, or the {@code repair} policy.
 *
 * <p>In: a {@link ChatRequest}. Out: one {@link ChatReply}. Fails with a {@link ModelException} once whatever retries the
 * implementation makes are used up; the exception's kind says whether the element, or the whole run, ends with it.
 * Implementations are safe for use by many threads at once.
 */
public interface ChatModel {

    ChatReply reply(ChatRequest request) throws ModelException, InterruptedException;

    /**
     * Samples of one question, as many as one call gives: at least one, at most one for each seed, for the first seeds in order.
     * Whoever wants the rest asks again, so that what each call gave can be kept and counted before the next one is bought.
     *
     * <p>Endpoints that sample several answers in one call seed it by the first seed; then the first reply carries the tokens of
     * the prompt. Others answer the first seed.
     *
     * @param seeds at least one
     */
    default List<ChatReply> replies(ChatRequest request, List<Long> seeds) throws ModelException, InterruptedException {
        return List.of(reply(request.withSeed(seeds.get(0))));
    }
}
