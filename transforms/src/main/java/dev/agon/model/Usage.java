package dev.agon.model;

/**
 * What answers consumed.
 *
 * @param inputTokens tokens of the prompts, cached ones included
 * @param cachedTokens tokens of the prompts that came from the endpoint's cache
 * @param outputTokens tokens of the answers, reasoning included
 * @param costUsd what the answers cost in USD
 */
public record Usage(long inputTokens, long cachedTokens, long outputTokens, double costUsd) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                outputTokens + other.outputTokens,
                costUsd + other.costUsd);
    }

    /** Tokens of prompts and answers together. */
    public long tokens() {
        return inputTokens + outputTokens;
    }
}
