package dev.agon.model;

import java.io.Serializable;

/**
 * What a model's tokens cost, in USD per million tokens.
 *
 * @param input tokens of prompts that are neither read from nor written to a cache
 * @param cached tokens of prompts that the endpoint takes from its cache
 * @param cacheWrite tokens of prompts that the endpoint writes into its cache
 * @param output tokens of answers, reasoning included
 */
public record Price(double input, double cached, double cacheWrite, double output) implements Serializable {

    private static final double MILLION = 1e6;

    /** USD for what an answer consumed. */
    public double cost(Usage usage) {
        long plain = usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens();
        return (plain * input
                        + usage.cachedTokens() * cached
                        + usage.cacheWriteTokens() * cacheWrite
                        + usage.outputTokens() * output)
                / MILLION;
    }
}
