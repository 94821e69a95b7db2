package dev.agon.model;

/**
 * What answers consumed.
 *
 * @param inputTokens tokens of the prompts, cached ones and those written to a cache included
 * @param cachedTokens tokens of the prompts that came from the endpoint's cache
 * @param cacheWriteTokens tokens of the prompts that the endpoint wrote into its cache
 * @param outputTokens tokens of the answers, reasoning included
 * @param reasoningTokens tokens of the answers that were reasoning
 * @param costUsd what the answers cost in USD; 0 where no price is known
 * @param estimated whether the endpoint gave no usage, so that the tokens are an estimate
 */
public record Usage(
        long inputTokens,
        long cachedTokens,
        long cacheWriteTokens,
        long outputTokens,
        long reasoningTokens,
        double costUsd,
        boolean estimated) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Usage of an endpoint that knows neither cache writes nor reasoning. */
    public Usage(long inputTokens, long cachedTokens, long outputTokens, double costUsd) {
        this(inputTokens, cachedTokens, 0, outputTokens, 0, costUsd, false);
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                outputTokens + other.outputTokens,
                reasoningTokens + other.reasoningTokens,
                costUsd + other.costUsd,
                estimated || other.estimated);
    }

    /** Tokens of prompts and answers together. */
    public long tokens() {
        return inputTokens + outputTokens;
    }

    public Usage withCost(double usd) {
        return new Usage(inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens, usd, estimated);
    }
}
