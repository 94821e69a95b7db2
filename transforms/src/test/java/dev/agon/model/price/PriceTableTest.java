package dev.agon.model.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.agon.model.Price;
import dev.agon.model.Usage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {

    private static final Path PUBLISHED = Path.of("../../shared/data/model-prices.json");

    @TempDir
    Path folder;

    @Test
    void ownFormIsInUsdPerMillionTokens() {
        PriceTable table = table("""
                # USD per million tokens
                whole: {input: 3, cached: 0.3, cache_write: 3.75, output: 15, max_input_tokens: 200000}
                short: {input: 0.14, output: .28}
                """);
        assertThat(table.find("whole")).contains(new ModelPrice(new Price(3, 0.3, 3.75, 15), OptionalLong.of(200_000)));
        assertThat(table.find("short"))
                .contains(new ModelPrice(new Price(0.14, 0.14, 0.14, 0.28), OptionalLong.empty()));
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void publishedFormIsInUsdPerToken() {
        PriceTable table = table("""

                {"sample_spec": {"input_cost_per_token": 0.0, "output_cost_per_token": 0.0,
                                 "max_input_tokens": "longest prompt"},
                 "whole": {"input_cost_per_token": 1.4e-07, "cache_read_input_token_cost": 2.8e-09,
                           "cache_creation_input_token_cost": 0.0, "output_cost_per_token": 2.8e-07,
                           "max_input_tokens": 8192.0, "mode": "chat"},
                 "short": {"input_cost_per_token": 3e-06, "output_cost_per_token": 0.000015,
                           "cache_read_input_token_cost": null},
                 "pictures": {"input_cost_per_token": 5e-06, "output_cost_per_image": 0.04},
                 "sound": {"input_cost_per_second": 0.0001}}
                """);
        assertThat(table.find("whole"))
                .contains(new ModelPrice(new Price(0.14, 0.0028, 0, 0.28), OptionalLong.of(8192)));
        assertThat(table.find("short")).contains(new ModelPrice(new Price(3, 3, 3, 15), OptionalLong.empty()));
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void aNameIsFoundAsItIsOrWithoutItsProvider() {
        PriceTable table = table("""
                m-1: {input: 1, output: 1}
                router/m-1: {input: 2, output: 2}
                vendor/m-2: {input: 3, output: 3}
                """);
        assertThat(input(table, "m-1")).contains(1.0);
        assertThat(input(table, "router/m-1")).contains(2.0);
        assertThat(input(table, "other/m-1")).contains(1.0);
        assertThat(input(table, "router/vendor/m-2")).contains(3.0);
        for (String unknown : List.of("m", "m-10", "M-1", "m-1-2026", "m-2", "a/b/m-1", "m-1/", "/", "")) {
            assertThat(table.find(unknown)).as(unknown).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            m: {input: 1}                                      | m.output: is missing, expected USD per million tokens, 0 or more
            m: {output: 1}                                     | m.input: is missing, expected USD per million tokens, 0 or more
            m: {input: free, output: 1}                        | m.input: is the text "free", expected USD per million tokens, 0 or more
            m: {input: 1, output: -1}                          | m.output: is the number -1, expected USD per million tokens, 0 or more
            m: {input: 1, output: 1, cached: 1e999}            | m.cached: is the number Infinity, expected USD per million tokens, 0 or more
            m: {input: 1, output: 1, cache: 1}                 | m.cache: is unknown, expected one of [input, cached, cache_write, output, max_input_tokens]
            m: {input: 1, output: 1, max_input_tokens: 0.5}    | m.max_input_tokens: is the number 0.5, expected a whole number of tokens above 0
            m: {input: 1, output: 1, max_input_tokens: 0}      | m.max_input_tokens: is the number 0, expected a whole number of tokens above 0
            m: 3                                               | m: is the number 3, expected a mapping such as {input: 0.5, output: 2}
            {"m": {"input_cost_per_token": "a", "output_cost_per_token": 1}} | m.input_cost_per_token: is the text "a", expected USD per token, 0 or more
            """)
    void aMistakeIsNamedByFileModelAndField(String text, String message) {
        assertThatThrownBy(() -> table(text)).isInstanceOf(PriceException.class).hasMessage("prices: mine: " + message);
    }

    @Test
    void whatIsNoTableIsNamedByFileAndLine() throws Exception {
        assertThatThrownBy(() -> table("a: {input: 1, output: 1}\na: {input: 2, output: 2}"))
                .isInstanceOf(PriceException.class)
                .hasMessageContaining("mine: line 2")
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> table("{\n\"a\": }"))
                .isInstanceOf(PriceException.class)
                .hasMessageContaining("mine: line 2: not readable as JSON");
        for (String empty : List.of("", "# nothing yet", "{}", "[]")) {
            assertThatThrownBy(() -> table(empty))
                    .isInstanceOf(PriceException.class)
                    .hasMessageStartingWith("prices: mine: holds no prices, expected models by name");
        }
        Path file = folder.resolve("prices.yaml");
        assertThatThrownBy(() -> PriceTable.read(file))
                .isInstanceOf(PriceException.class)
                .hasMessage("prices: there is no file " + file);
        Files.write(file, "m\u00fcll: {}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PriceTable.read(file))
                .isInstanceOf(PriceException.class)
                .hasMessage("prices: " + file + " is not UTF-8 text");
    }

    @Test
    void theShippedTableCostsACall() {
        Price price =
                PriceTable.shipped().find("claude-sonnet-4-5").orElseThrow().price();
        // 100 plain at 3, 1000 cached at 0.3, 200 written at 3.75, 10 out at 15 USD a million.
        assertThat(price.cost(new Usage(1_300, 1_000, 200, 10, 0, 0, false))).isEqualTo(0.0015);
    }

    @Test
    void theShippedTableSaysWhatThePublishedOneSays() throws Exception {
        assumeTrue(Files.exists(PUBLISHED), PUBLISHED + " is not there: the comparison of prices is left out");
        PriceTable shipped = PriceTable.shipped();
        PriceTable published = PriceTable.read(PUBLISHED);
        List<String> names = new ArrayList<>();
        ObjectMapper yaml = new YAMLMapper();
        yaml.readTree(PriceTable.class.getResource("prices.yaml")).fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSizeGreaterThanOrEqualTo(30).hasSize(shipped.size());
        assertThat(names)
                .allSatisfy(name -> assertThat(shipped.find(name)).isPresent().isEqualTo(published.find(name)));
    }

    private static Optional<Double> input(PriceTable table, String model) {
        return table.find(model).map(found -> found.price().input());
    }

    private static PriceTable table(String text) {
        return PriceTable.of("mine", text);
    }
}
