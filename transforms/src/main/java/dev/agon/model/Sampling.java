package dev.agon.model;

import java.util.OptionalDouble;

/**
 * How to sample one answer.
 *
 * @param temperature 0 for the likeliest answer, above 0 for varied ones
 * @param topP nucleus sampling, where set
 * @param maxTokens most tokens of the answer
 * @param seed seed of this sample; every sample of a run has its own
 */
public record Sampling(double temperature, OptionalDouble topP, int maxTokens, long seed) {

    public Sampling withSeed(long newSeed) {
        return new Sampling(temperature, topP, maxTokens, newSeed);
    }
}
