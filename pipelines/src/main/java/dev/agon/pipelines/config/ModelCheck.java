package dev.agon.pipelines.config;

import static dev.agon.pipelines.config.ConfigRules.notOneOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.model.Endpoint;
import dev.agon.model.ModelConfig;
import dev.agon.model.Price;
import dev.agon.model.StructuredOutput;
import dev.agon.model.price.ModelPrice;
import dev.agon.model.price.PriceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a model's section of the configuration and turns it into a {@link ModelConfig}. Every mistake is a {@link ConfigException}
 * that names the key.
 */
final class ModelCheck {

    private static final String REPORTED = "reported";
    private static final double DEFAULT_TEMPERATURE = 1.0;
    private static final int DEFAULT_MAX_TOKENS = 4_096;
    private static final double DEFAULT_CONNECT_S = 10;
    private static final double DEFAULT_READ_S = 600;
    private static final double DEFAULT_TOTAL_S = 900;
    private static final double DEFAULT_RETRY_S = 900;
    /** Eleven days; HTTP clients count milliseconds in 31 bits. */
    private static final int LONGEST_S = 1_000_000;

    /** In names of an address' parameters, such as `api-key` or `sig`; not in `api-version`. */
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)key|token|secret|password|passwd|credential|signature|^sig$|^code$|auth");

    /** The name of a field that holds a key; not of one such as `prompt_cache_key` or `stop_token_ids`. */
    private static final Pattern SECRET_FIELD =
            Pattern.compile("(?i)\"((?:x-)?api[-_]?key|authorization|(?:access|auth)[-_]?token|secret|password)\":");

    private static final List<String> PROVIDERS = List.of("anthropic", "openai", "repair", "journal");
    private static final Map<String, String> ADDRESSES =
            Map.of("openai", "https://api.openai.com/v1", "anthropic", "https://api.anthropic.com");
    private static final Map<String, String> KEYS =
            Map.of("openai", "OPENAI_API_KEY", "anthropic", "ANTHROPIC_API_KEY");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final ModelSection section;
    private final RunConfig.Concurrency concurrency;
    private final Environment environment;

    /** Where keys are looked for. */
    @FunctionalInterface
    public interface Environment {
        String get(String name);
    }

    /**
     * @param key what messages call the section, such as {@code roles.judge}
     * @param section the section, merged with {@code model}
     */
    ModelCheck(String key, ModelSection section, RunConfig.Concurrency concurrency, Environment environment) {
        this.key = key;
        this.section = section;
        this.concurrency = concurrency;
        this.environment = environment;
    }

    ModelConfig config() throws ConfigException {
        // `replay` is its name in earlier versions.
        String provider = "replay".equals(section.provider()) ? "journal" : section.provider();
        if (provider == null) {
            throw new ConfigException("`model.provider` is missing: one of " + String.join(", ", PROVIDERS));
        }
        if (!PROVIDERS.contains(provider)) {
            throw notOneOf("model.provider", provider, PROVIDERS);
        }
        boolean endpoint = ADDRESSES.containsKey(provider);
        if (section.name() == null && !provider.equals("repair")) {
            throw bad("name", "is missing: name the model as its provider does");
        }
        double temperature = section.temperature() == null ? DEFAULT_TEMPERATURE : section.temperature();
        if (!(temperature >= 0)) {
            throw bad("temperature", "is " + temperature + ": it must be 0 or more");
        }
        if (provider.equals("anthropic")) {
            notForAnthropic();
        }
        return new ModelConfig(
                provider,
                section.name() == null ? provider : section.name(),
                temperature,
                section.topP(),
                atLeastOne("max_tokens", section.maxTokens(), DEFAULT_MAX_TOKENS),
                section.reasoningEffort(),
                extraBody(),
                section.topLogprobs() == null ? 0 : atLeastOne("top_logprobs", section.topLogprobs(), 1),
                atLeastOne("samples_per_call", section.samplesPerCall(), 1),
                structuredOutput(),
                endpoint ? price().orElse(null) : null,
                endpoint ? endpoint(provider) : null);
    }

    private void notForAnthropic() throws ConfigException {
        if (section.reasoningEffort() != null) {
            throw bad("reasoning_effort", "does not exist at anthropic: set `extra_body: {thinking: …}` instead");
        }
        if (section.topLogprobs() != null) {
            throw bad("top_logprobs", "does not exist at anthropic: leave it out");
        }
        if (section.samplesPerCall() != null && section.samplesPerCall() > 1) {
            throw bad("samples_per_call", "must be 1: anthropic gives one answer for each call");
        }
        if (StructuredOutput.JSON_SCHEMA.id().equals(section.structuredOutput())) {
            throw bad("structured_output", "must be auto, tool or none: anthropic has no json_schema here");
        }
    }

    private StructuredOutput structuredOutput() throws ConfigException {
        String wanted = section.structuredOutput() == null ? StructuredOutput.AUTO.id() : section.structuredOutput();
        return StructuredOutput.of(wanted)
                .orElseThrow(() -> notOneOf(key + ".structured_output", wanted, StructuredOutput.ids()));
    }

    /** The fields as they were written: in a schema, their order is that of the answer. Of the outermost ones it has no meaning. */
    private String extraBody() throws ConfigException {
        try {
            String body = JSON.writeValueAsString(
                    section.extraBody() == null ? Map.of() : new TreeMap<>(section.extraBody()));
            Matcher secret = SECRET_FIELD.matcher(body);
            if (secret.find()) {
                throw bad(
                        "extra_body",
                        "has the field `" + secret.group(1) + "`, which looks like a key: it is written to run.json."
                                + " Secrets come from the environment, by api_key_env");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw bad("extra_body", "cannot be written as JSON: " + e.getOriginalMessage());
        }
    }

    private Optional<Price> price() throws ConfigException {
        ModelSection.PriceSection own = section.price();
        if (own != null && REPORTED.equals(own.word()) && "openai".equals(section.provider())) {
            return Optional.of(Price.REPORTED);
        }
        if (own != null) {
            if (own.input() == null || own.output() == null) {
                throw bad(
                        "price",
                        "needs input and output, in USD per million tokens, or, with provider openai, the word reported");
            }
            double cached = own.cached() == null ? own.input() : own.cached();
            double cacheWrite = own.cacheWrite() == null ? own.input() : own.cacheWrite();
            for (double usd : new double[] {own.input(), cached, cacheWrite, own.output()}) {
                if (!(usd >= 0) || Double.isInfinite(usd)) {
                    throw bad("price", "must be USD per million tokens, 0 or more, not " + usd);
                }
            }
            return Optional.of(new Price(own.input(), cached, cacheWrite, own.output()));
        }
        try {
            return section.listed().map(ModelPrice::price);
        } catch (PriceException e) {
            throw new ConfigException("`" + key + "`: " + e.getMessage(), e);
        }
    }

    private Endpoint endpoint(String provider) throws ConfigException {
        String address = section.baseUrl() == null ? ADDRESSES.get(provider) : address(section.baseUrl());
        // A default key goes to the default address only. For another address the user names the key.
        String keyName =
                section.apiKeyEnv() == null && section.baseUrl() == null ? KEYS.get(provider) : section.apiKeyEnv();
        if (keyName != null && !keyName.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw bad(
                    "api_key_env",
                    "must be the name of an environment variable, not a key: export the key and give the name of its variable");
        }
        if (keyName != null
                && (environment.get(keyName) == null || environment.get(keyName).isBlank())) {
            throw bad("api_key_env", "names " + keyName + ", which is not set in the environment: export it");
        }
        return new Endpoint(
                address,
                keyName,
                seconds("connect_timeout_s", section.connectTimeoutS(), DEFAULT_CONNECT_S),
                seconds("read_timeout_s", section.readTimeoutS(), DEFAULT_READ_S),
                seconds("total_timeout_s", section.totalTimeoutS(), DEFAULT_TOTAL_S),
                seconds("retry_for_s", section.retryForS(), DEFAULT_RETRY_S),
                share("requests_per_minute", section.requestsPerMinute()),
                share("tokens_per_minute", section.tokensPerMinute()),
                concurrency.modelCalls());
    }

    private String address(String text) throws ConfigException {
        try {
            URI uri = new URI(text);
            if (String.valueOf(uri.getRawAuthority()).contains("@")) {
                throw bad("base_url", "holds a user or a password: secrets come from the environment, by api_key_env");
            }
            for (String parameter : String.valueOf(uri.getQuery()).split("&")) {
                String name = parameter.replaceAll("=.*", "");
                if (SECRET_PARAMETER.matcher(name).find()) {
                    throw bad(
                            "base_url",
                            "has the parameter `" + name
                                    + "`, which looks like a key: the address is written to run.json and"
                                    + " the report. Secrets come from the environment, by api_key_env");
                }
            }
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return text.replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            throw new ConfigException("`" + key + ".base_url` is no address: " + e.getReason(), e);
        }
        throw bad("base_url", "is `" + text + "`: it must be an address such as http://localhost:8000/v1");
    }

    private double share(String name, Double perMinute) throws ConfigException {
        if (perMinute == null) {
            return 0;
        }
        if (!(perMinute > 0)) {
            throw bad(name, "is " + perMinute + ": it must be above 0");
        }
        return perMinute / concurrency.workers();
    }

    private Duration seconds(String name, Double value, double otherwise) throws ConfigException {
        double seconds = value == null ? otherwise : value;
        if (!(seconds > 0 && seconds <= LONGEST_S)) {
            throw bad(name, "is " + seconds + ": it must be above 0 and at most " + LONGEST_S);
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private int atLeastOne(String name, Integer value, int otherwise) throws ConfigException {
        int number = value == null ? otherwise : value;
        if (number < 1) {
            throw bad(name, "is " + number + ": it must be 1 or more");
        }
        return number;
    }

    private ConfigException bad(String name, String problem) {
        return new ConfigException("`" + key + "." + name + "` " + problem);
    }
}
