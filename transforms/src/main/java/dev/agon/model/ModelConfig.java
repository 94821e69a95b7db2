package dev.agon.model;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * Which model plays a role, and how it is sampled. Travels to the workers; holds no secret.
 *
 * @param provider who answers: {@code openai}, {@code anthropic}, {@code repair} or {@code replay}
 * @param name the model's name at its provider
 * @param temperature 0 for the likeliest answer, above 0 for varied ones
 * @param topP nucleus sampling; null to leave it to the provider
 * @param maxTokens most tokens of one answer
 * @param reasoningEffort how much to reason, in the provider's words; null to leave it to the provider
 * @param extraBody further fields of the request's body, as a JSON object; a field that is null is left out of the body
 * @param topLogprobs how many log-probabilities to ask for at each token; 0 for none
 * @param samplesPerCall most samples of one question to ask for in one call; 1 where the endpoint has no {@code n}
 * @param structuredOutput how it is asked for answers of a given form
 * @param price what its tokens cost; null when that is not known
 * @param endpoint where it is; null for providers that need no network
 */
public record ModelConfig(
        String provider,
        String name,
        double temperature,
        Double topP,
        int maxTokens,
        String reasoningEffort,
        String extraBody,
        int topLogprobs,
        int samplesPerCall,
        StructuredOutput structuredOutput,
        Price price,
        Endpoint endpoint)
        implements Serializable {

    private static final String NO_FIELDS = "{}";

    /** A model that needs no endpoint. */
    public ModelConfig(String provider, String name, double temperature, Double topP, int maxTokens) {
        this(provider, name, temperature, topP, maxTokens, null, NO_FIELDS, 0, 1, StructuredOutput.AUTO, null, null);
    }

    /** {@code <provider>/<name>}, as the tables have it. */
    public String id() {
        return provider + "/" + name;
    }

    /** What was consumed, with its cost where the price is known, and with none elsewhere. */
    public Usage priced(Usage usage) {
        return usage.withCost(price == null ? 0 : price.cost(usage));
    }

    /** Sampling of the answer that has this seed. */
    public Sampling sampling(long seed) {
        return new Sampling(
                temperature, topP == null ? OptionalDouble.empty() : OptionalDouble.of(topP), maxTokens, seed);
    }

    /**
     * Everything in this configuration that can change an answer, for the keys of the journal. The provider is not in it: a model
     * gives the same answers wherever it is served, and {@code replay} must find what other providers sold. How it is asked for
     * a form is in it where the configuration insists on one: {@code auto} takes what was bought in any.
     */
    public String answerKey() {
        String insists = structuredOutput == StructuredOutput.AUTO ? "" : "|" + structuredOutput.id();
        return String.join(
                        "|",
                        name,
                        Double.toString(temperature),
                        String.valueOf(topP),
                        Integer.toString(maxTokens),
                        String.valueOf(reasoningEffort),
                        extraBody,
                        Integer.toString(topLogprobs))
                + insists;
    }
}
