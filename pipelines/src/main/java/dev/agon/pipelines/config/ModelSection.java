package dev.agon.pipelines.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.agon.model.price.ModelPrice;
import dev.agon.model.price.PriceException;
import dev.agon.model.price.PriceTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as the configuration has it: for every role ({@code model}), or for one role ({@code roles.judge}). A role takes what is
 * null from {@code model}.
 *
 * @param provider {@code openai}, {@code anthropic}, {@code repair} or {@code replay}
 * @param name name of the model at its provider
 * @param temperature sampling temperature
 * @param topP nucleus sampling
 * @param maxTokens most tokens of one answer
 * @param reasoningEffort how much to reason, in the provider's words
 * @param extraBody further fields of the request's body; null as a value leaves a field out
 * @param topLogprobs log-probabilities to ask for at each token
 * @param samplesPerCall most votes of one question to ask for in one call
 * @param structuredOutput how to ask for answers of a given form: {@code auto}, {@code json_schema}, {@code tool} or {@code none}
 * @param baseUrl address of the endpoint
 * @param apiKeyEnv environment variable that holds its key
 * @param price USD per million tokens, or {@code reported}
 * @param prices file with a table of prices
 * @param requestsPerMinute most requests a minute, all workers together
 * @param tokensPerMinute most tokens a minute, all workers together
 * @param connectTimeoutS longest wait for a connection
 * @param readTimeoutS longest time without a byte of the answer
 * @param totalTimeoutS longest wait for a whole answer
 * @param retryForS how long a failing call is tried again
 * @param windowTokens what the model can read and answer in one call; only the summariser needs it
 * @param prompt Jinja2 file in place of the role's shipped prompt; only roles have one
 * @param roulette models, as overrides, of which each rollout draws one; only the agent has it
 */
public record ModelSection(
        String provider,
        String name,
        Double temperature,
        Double topP,
        Integer maxTokens,
        String reasoningEffort,
        Map<String, Object> extraBody,
        Integer topLogprobs,
        Integer samplesPerCall,
        String structuredOutput,
        String baseUrl,
        String apiKeyEnv,
        PriceSection price,
        String prices,
        Double requestsPerMinute,
        Double tokensPerMinute,
        Double connectTimeoutS,
        Double readTimeoutS,
        Double totalTimeoutS,
        Double retryForS,
        Integer windowTokens,
        String prompt,
        List<ModelSection> roulette) {

    /** What the table of prices says of the model; fails with a {@link PriceException} when the table cannot be read. */
    public Optional<ModelPrice> listed() {
        PriceTable table = prices == null ? PriceTable.shipped() : PriceTable.read(Path.of(prices));
        return name == null ? Optional.empty() : table.find(name);
    }

    /** A model of that provider, with the defaults of everything else. */
    static ModelSection ofProvider(String provider) {
        return new ModelSection(
                provider, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null);
    }

    /**
     * USD per million tokens of prompts, of those read from and written to a cache, and of answers.
     *
     * @param word what stands in place of all these, such as {@code reported}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PriceSection(Double input, Double cached, Double cacheWrite, Double output, String word) {

        @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
        public PriceSection {}

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        PriceSection(String word) {
            this(null, null, null, null, word);
        }
    }

    /**
     * This section, with what is null taken from the other. Prompt and roulette are never taken from the other. Address and key
     * belong to one provider, and a price belongs to one model: they are not taken when this section names another. Nor is a key
     * taken when this section names another address.
     */
    public ModelSection or(ModelSection other) {
        boolean otherProvider = provider != null && !provider.equals(other.provider);
        boolean otherAddress = otherProvider || (baseUrl != null && !baseUrl.equals(other.baseUrl));
        boolean otherModel = otherProvider || (name != null && !name.equals(other.name));
        return new ModelSection(
                provider == null ? other.provider : provider,
                name == null ? other.name : name,
                temperature == null ? other.temperature : temperature,
                topP == null ? other.topP : topP,
                maxTokens == null ? other.maxTokens : maxTokens,
                reasoningEffort == null ? other.reasoningEffort : reasoningEffort,
                extraBody == null ? other.extraBody : extraBody,
                topLogprobs == null ? other.topLogprobs : topLogprobs,
                samplesPerCall == null ? other.samplesPerCall : samplesPerCall,
                structuredOutput == null && !otherProvider ? other.structuredOutput : structuredOutput,
                baseUrl == null && !otherProvider ? other.baseUrl : baseUrl,
                apiKeyEnv == null && !otherAddress ? other.apiKeyEnv : apiKeyEnv,
                price == null && !otherModel ? other.price : price,
                prices == null ? other.prices : prices,
                requestsPerMinute == null ? other.requestsPerMinute : requestsPerMinute,
                tokensPerMinute == null ? other.tokensPerMinute : tokensPerMinute,
                connectTimeoutS == null ? other.connectTimeoutS : connectTimeoutS,
                readTimeoutS == null ? other.readTimeoutS : readTimeoutS,
                totalTimeoutS == null ? other.totalTimeoutS : totalTimeoutS,
                retryForS == null ? other.retryForS : retryForS,
                windowTokens == null && !otherModel ? other.windowTokens : windowTokens,
                prompt,
                roulette);
    }
}
