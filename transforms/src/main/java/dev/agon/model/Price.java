package dev.agon.model;

import java.io.Serializable;

/**
 * What a model's tokens cost, in USD per million tokens.
 *
 * @param input tokens of prompts that are neither read from nor written to a cache
 * @param cached tokens of prompts that the endpoint takes from its cache
 * @param cacheWrite tokens of prompts that the endpoint writes into its cache
 * @param output tokens of answers, reasoning included
 * @param reported whether an answer costs what its endpoint says, and the prices before say nothing
 */
public record Price(double input, double cached, double cacheWrite, double output, boolean reported)
        implements Serializable {

    /** The endpoint says what each answer costs. */
    public static final Price REPORTED = new Price(0, 0, 0, 0, true);

    private static final double MILLION = 1e6;

    public Price(double input, double cached, double cacheWrite, double output) {
        this(input, cached, cacheWrite, output, false);
    }

    /** USD for what an answer consumed. */
    public double cost(Usage usage) {
        if (reported) {
            return usage.costUsd();
        }
        long plain = usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens();
        return (plain * input
                        + usage.cachedTokens() * cached
                        + usage.cacheWriteTokens() * cacheWrite
                        + usage.outputTokens() * output)
                / MILLION;
    }
}
