package dev.agon.trajectory;

import java.util.OptionalDouble;

/**
 * The usage of one answer, from its response.
 *
 * @param input tokens of the prompt, cached ones included
 * @param costUsd empty when the trajectory has no cost of single answers
 */
record MiniUsage(long input, long cached, long cacheWritten, long output, long reasoning, OptionalDouble costUsd) {

    static MiniUsage of(MiniMessage turn) throws BadTrajectoryException {
        var response = turn.extra().get("response");
        var usage = response.node().isObject()
                ? response.get("usage")
                : turn.field().get("usage");
        OptionalDouble cost = turn.extra().get("cost").usd();
        if (cost.isEmpty()) {
            cost = usage.get("cost").usd();
        }
        boolean chat = !usage.get("prompt_tokens").isAbsent()
                || !usage.get("completion_tokens").isAbsent();
        var read = usage.get(chat ? "prompt_tokens_details" : "input_tokens_details")
                .get("cached_tokens");
        var written = usage.get("cache_creation_input_tokens");
        var output = usage.get(chat ? "completion_tokens_details" : "output_tokens_details");
        long cached = read.isAbsent() ? usage.get("cache_read_input_tokens").count() : read.count();
        long input = usage.get(chat ? "prompt_tokens" : "input_tokens").count();
        if (!chat && read.isAbsent()) {
            // Anthropic's own count does not include tokens read from and written to the cache.
            input += cached + written.count();
        }
        return new MiniUsage(
                input,
                cached,
                written.count(),
                usage.get(chat ? "completion_tokens" : "output_tokens").count(),
                output.get("reasoning_tokens").count(),
                cost);
    }
}
