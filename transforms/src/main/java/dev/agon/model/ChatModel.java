package dev.agon.model;

import java.util.List;

/**
 * A model that answers a conversation: an HTTP endpoint, a journal, or the {@code repair} policy.
 *
 * <p>In: a {@link ChatRequest}. Out: one {@link ChatReply}. Fails with a {@link ModelException} when all tries have failed. Its kind
 * says whether it ends the element or the whole run. Many threads may use one model at once.
 */
public interface ChatModel {

    ChatReply reply(ChatRequest request) throws ModelException, InterruptedException;

    /**
     * Samples of one question, as many as one call gives: at least one, at most one for each seed. They belong to the first seeds,
     * in order. The caller asks again for the others. So the answers of each call can be stored before the next call is bought.
     *
     * <p>Some endpoints give several samples in one call. Such a call has the first seed, and its first reply carries the tokens of
     * the prompt. Other endpoints answer the first seed only.
     *
     * @param seeds at least one
     */
    default List<ChatReply> replies(ChatRequest request, List<Long> seeds) throws ModelException, InterruptedException {
        return List.of(reply(request.withSeed(seeds.get(0))));
    }
}
