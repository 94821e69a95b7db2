package dev.agon.model.price;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.agon.model.Price;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads a file of prices into models by name. It comes in one of two forms; a text that starts with a brace is the second.
 *
 * <ul>
 *   <li>YAML, in USD per million tokens: {@code model: {input, cached, cache_write, output, max_input_tokens}}, of which
 *       {@code input} and {@code output} are needed. Other fields are errors.
 *   <li>The JSON that LiteLLM publishes, in USD per token. Its other fields, its models without a price of prompts or of answers,
 *       and its {@code sample_spec}, which describes the format, are left out.
 * </ul>
 *
 * <p>Prices of cached and cache-written tokens are those of other prompts where they are not given. Fails with a {@link
 * PriceException}.
 */
final class PriceFile {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Fields OWN = new Fields("input", "cached", "cache_write", "output", 0);
    private static final Fields LITELLM = new Fields(
            "input_cost_per_token",
            "cache_read_input_token_cost",
            "cache_creation_input_token_cost",
            "output_cost_per_token",
            6);
    private static final String MAX_INPUT = "max_input_tokens";
    private static final String FORMAT_EXAMPLE = "sample_spec";

    /** What the prices are called, and by which power of ten they become prices per million tokens. */
    private record Fields(String input, String cached, String cacheWrite, String output, int power) {

        List<String> names() {
            return List.of(input, cached, cacheWrite, output, MAX_INPUT);
        }
    }

    private final String name;

    PriceFile(String name) {
        this.name = name;
    }

    Map<String, ModelPrice> parse(String text) {
        boolean litellm = text.stripLeading().startsWith("{");
        JsonNode root = tree(litellm ? JSON : YAML, text);
        if (!root.isObject() || root.isEmpty()) {
            throw new PriceException("prices: " + name + " holds no prices: expected models by name, such as"
                    + " `my-model: {input: 0.5, output: 2}` in USD per million tokens");
        }
        Map<String, ModelPrice> models = new HashMap<>();
        root.properties().forEach(entry -> {
            String model = entry.getKey();
            if (!litellm) {
                checkFields(model, entry.getValue());
                models.put(model, price(model, entry.getValue(), OWN));
            } else if (!model.equals(FORMAT_EXAMPLE)
                    && entry.getValue().hasNonNull(LITELLM.input)
                    && entry.getValue().hasNonNull(LITELLM.output)) {
                models.put(model, price(model, entry.getValue(), LITELLM));
            }
        });
        return models;
    }

    private JsonNode tree(ObjectMapper mapper, String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new PriceException(
                    "prices: " + name + ", line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": not readable as "
                            + mapper.getFactory().getFormatName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    private void checkFields(String model, JsonNode entry) {
        if (!entry.isObject()) {
            throw new PriceException("prices: " + name + ": " + model
                    + ": expected a mapping such as {input: 0.5, output: 2}, found " + entry);
        }
        entry.fieldNames().forEachRemaining(field -> {
            if (!OWN.names().contains(field)) {
                throw bad(model, field, "is unknown: expected one of " + OWN.names());
            }
        });
    }

    private ModelPrice price(String model, JsonNode entry, Fields fields) {
        double input = usd(model, entry, fields.input, fields.power);
        return new ModelPrice(
                new Price(
                        input,
                        entry.hasNonNull(fields.cached) ? usd(model, entry, fields.cached, fields.power) : input,
                        entry.hasNonNull(fields.cacheWrite)
                                ? usd(model, entry, fields.cacheWrite, fields.power)
                                : input,
                        usd(model, entry, fields.output, fields.power)),
                maxInput(model, entry));
    }

    private double usd(String model, JsonNode entry, String field, int power) {
        JsonNode value = entry.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw bad(model, field, "is missing: expected USD per million tokens");
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() < 0) {
            throw bad(model, field, "is " + value + ": expected a number of USD, 0 or more");
        }
        // Shifted as a decimal, so that 1.4e-07 a token is 0.14 a million and not a neighbour of it.
        return value.decimalValue().movePointRight(power).doubleValue();
    }

    private OptionalLong maxInput(String model, JsonNode entry) {
        if (!entry.hasNonNull(MAX_INPUT)) {
            return OptionalLong.empty();
        }
        JsonNode value = entry.get(MAX_INPUT);
        BigDecimal tokens = value.isNumber() && Double.isFinite(value.doubleValue()) ? value.decimalValue() : null;
        if (tokens == null
                || tokens.signum() <= 0
                || tokens.stripTrailingZeros().scale() > 0) {
            throw bad(model, MAX_INPUT, "is " + value + ": expected a whole number of tokens above 0");
        }
        return OptionalLong.of(tokens.longValue());
    }

    private PriceException bad(String model, String field, String problem) {
        return new PriceException("prices: " + name + ": " + model + "." + field + " " + problem);
    }
}
