package dev.agon.model.price;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.agon.fields.Field;
import dev.agon.model.Price;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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

        ModelPrice price(Field<PriceException> model) {
            double promptUsd =
                    usd(model.get(input)).orElseThrow(() -> model.get(input).wrong(unit()));
            double answerUsd =
                    usd(model.get(output)).orElseThrow(() -> model.get(output).wrong(unit()));
            return new ModelPrice(
                    new Price(
                            promptUsd,
                            usd(model.get(cached)).orElse(promptUsd),
                            usd(model.get(cacheWrite)).orElse(promptUsd),
                            answerUsd),
                    maxInput(model.get(MAX_INPUT)));
        }

        private OptionalDouble usd(Field<PriceException> price) {
            // Shifted as a decimal, so that 1.4e-07 a token is 0.14 a million and not a neighbour of it.
            return price.number(usd -> usd >= 0 && Double.isFinite(usd), unit()).isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(
                            price.node().decimalValue().movePointRight(power).doubleValue());
        }

        private String unit() {
            return "USD per " + (power == 0 ? "million tokens" : "token") + ", 0 or more";
        }

        private static OptionalLong maxInput(Field<PriceException> tokens) {
            OptionalDouble most = tokens.number(
                    value -> value > 0 && value == Math.rint(value) && Double.isFinite(value),
                    "a whole number of tokens above 0");
            return most.isPresent() ? OptionalLong.of((long) most.getAsDouble()) : OptionalLong.empty();
        }
    }

    private PriceFile() {}

    /** @param name what messages call the file */
    static Map<String, ModelPrice> parse(String name, String text) {
        boolean litellm = text.stripLeading().startsWith("{");
        var root = Field.read(litellm ? JSON : YAML, text, Field.Problems.in("prices: " + name, PriceException::new));
        if (!root.node().isObject() || root.node().isEmpty()) {
            throw root.problem("holds no prices, expected models by name, such as"
                    + " `my-model: {input: 0.5, output: 2}` in USD per million tokens");
        }
        Map<String, ModelPrice> models = new HashMap<>();
        root.node().fieldNames().forEachRemaining(model -> {
            var entry = root.get(model);
            if (!litellm) {
                checkFields(entry.presentObject("a mapping such as {input: 0.5, output: 2}"));
                models.put(model, OWN.price(entry));
            } else if (!model.equals(FORMAT_EXAMPLE)
                    && entry.node().hasNonNull(LITELLM.input)
                    && entry.node().hasNonNull(LITELLM.output)) {
                models.put(model, LITELLM.price(entry));
            }
        });
        return models;
    }

    private static void checkFields(Field<PriceException> model) {
        model.node().fieldNames().forEachRemaining(field -> {
            if (!OWN.names().contains(field)) {
                throw model.get(field).problem("is unknown, expected one of " + OWN.names());
            }
        });
    }
}
