package dev.agon.model;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * Which model plays a role, and how it is sampled. Travels to the workers; holds no secret.
 *
 * @param provider who answers: {@code repair}
 * @param name the model's name at its provider
 * @param temperature 0 for the likeliest answer, above 0 for varied ones
 * @param topP nucleus sampling; null to leave it to the provider
 * @param maxTokens most tokens of one answer
 */
public record ModelConfig(String provider, String name, double temperature, Double topP, int maxTokens)
        implements Serializable {

    /** {@code <provider>/<name>}, as the tables have it. */
    public String id() {
        return provider + "/" + name;
    }

    /** Sampling of the answer that has this seed. */
    public Sampling sampling(long seed) {
        return new Sampling(
                temperature, topP == null ? OptionalDouble.empty() : OptionalDouble.of(topP), maxTokens, seed);
    }

    /** Everything of this configuration that can change an answer, for the keys of the journal. */
    public String answerKey() {
        return String.join("|", id(), Double.toString(temperature), String.valueOf(topP), Integer.toString(maxTokens));
    }
}
