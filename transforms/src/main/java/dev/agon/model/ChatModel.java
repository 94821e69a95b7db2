package dev.agon.model;

import java.util.ArrayList;
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
     * Several samples of one question, one for each seed, in order. Endpoints that sample several answers in one call answer with
     * that call, seeded by the first seed; then the first reply carries the tokens of the prompt.
     */
    default List<ChatReply> replies(ChatRequest request, List<Long> seeds) throws ModelException, InterruptedException {
        List<ChatReply> replies = new ArrayList<>();
        for (long seed : seeds) {
            replies.add(reply(new ChatRequest(
                    request.role(),
                    request.messages(),
                    request.tools(),
                    request.sampling().withSeed(seed))));
        }
        return replies;
    }
}
