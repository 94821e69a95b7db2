package dev.agon.model.http;

import dev.agon.model.ChatReply;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes what answers consumed and cost, failed tries before them included. When one call gave several samples, the first has the
 * tokens of the prompt, and the tokens of the answers are split evenly, so that the sum is exact. When the endpoint gives no usage,
 * four bytes count as one token.
 */
final class Accounting {

    private static final Logger LOG = LoggerFactory.getLogger(Accounting.class);

    private final ModelConfig config;
    private final ModelHistory history;

    Accounting(ModelConfig config, ModelHistory history) {
        this.config = config;
        this.history = history;
    }

    /** The samples of a call with their usage, at most {@code samples}. Fails when the endpoint declined them all. */
    List<ChatReply> replies(RetryingCall.Answered answered, int samples) throws ModelException {
        Answer answer = answered.answer();
        Usage usage = answer.usage().orElseGet(() -> estimate(answered)).plus(answered.lost());
        if (answer.replies().isEmpty()) {
            throw new ModelException(
                    Kind.REFUSED,
                    config.id() + " at " + Address.shown(config.endpoint().baseUrl())
                            + " declined to answer for reasons of content: " + answered.refusal(),
                    answered.tries(),
                    "",
                    config.priced(usage),
                    null);
        }
        int count = Math.min(samples, answer.replies().size());
        List<ChatReply> replies = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            replies.add(answer.replies()
                    .get(index)
                    .withCosts(config.priced(share(usage, index, count)), answered.waitedMs()));
        }
        return replies;
    }

    private Usage estimate(RetryingCall.Answered answered) {
        if (history.isFirstWithoutUsage()) {
            LOG.warn(
                    "{} at {} does not say how many tokens its answers consume: they are estimated at four bytes each, and "
                            + "costs with them.",
                    config.id(),
                    Address.shown(config.endpoint().baseUrl()));
        }
        return new Usage(
                TokenEstimate.ofBytes(answered.bytesSent()),
                0,
                0,
                TokenEstimate.ofReplies(answered.answer().replies()),
                0,
                0,
                true);
    }

    private static Usage share(Usage usage, int index, int count) {
        return new Usage(
                index == 0 ? usage.inputTokens() : 0,
                index == 0 ? usage.cachedTokens() : 0,
                index == 0 ? usage.cacheWriteTokens() : 0,
                share(usage.outputTokens(), index, count),
                share(usage.reasoningTokens(), index, count),
                0,
                usage.estimated());
    }

    private static long share(long tokens, int index, int count) {
        return tokens / count + (index < tokens % count ? 1 : 0);
    }
}
