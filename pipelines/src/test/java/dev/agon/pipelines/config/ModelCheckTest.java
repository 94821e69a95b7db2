package dev.agon.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.model.ModelConfig;
import dev.agon.model.Price;
import dev.agon.model.StructuredOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCheckTest {

    private static final String TASKS = "name: m\ntasks: {format: agon, path: tasks}\n";
    private static final Map<String, String> KEYS =
            Map.of("OPENAI_API_KEY", "o", "ANTHROPIC_API_KEY", "a", "OWN_KEY", "k");

    @TempDir
    Path folder;

    @Test
    void aVendorsAddressKeyAndPriceAreKnown() throws Exception {
        ModelConfig model = agent("model: {provider: openai, name: gpt-5.6}");
        assertThat(model.endpoint().baseUrl()).isEqualTo("https://api.openai.com/v1");
        assertThat(model.endpoint().apiKeyEnv()).isEqualTo("OPENAI_API_KEY");
        assertThat(model.endpoint().readTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(model.endpoint().inFlight()).isEqualTo(32);
        assertThat(model.price()).isNotNull();
        assertThat(model.id()).isEqualTo("openai/gpt-5.6");
    }

    @Test
    void anEndpointMayReportWhatItsAnswersCost() throws Exception {
        assertThat(agent("model: {provider: openai, name: gpt-5.6, price: reported}")
                        .price())
                .isEqualTo(Price.REPORTED);
        for (String wrong : new String[] {"provider: openai, price: free", "provider: anthropic, price: reported"}) {
            assertThatThrownBy(() -> agent("model: {name: m, " + wrong + "}"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("price")
                    .hasMessageContaining("the word reported");
        }
    }

    @Test
    void aKeyGoesToAnAddressOfTheUsersOwnOnlyWhenTheUserSaysSo() throws Exception {
        assertThat(agent("model: {provider: openai, name: m, base_url: 'http://localhost:8000/v1/'}")
                        .endpoint()
                        .apiKeyEnv())
                .isNull();
        ModelConfig own = agent(
                "model: {provider: openai, name: m, base_url: 'http://localhost:8000/v1/', api_key_env: OWN_KEY}");
        assertThat(own.endpoint().apiKeyEnv()).isEqualTo("OWN_KEY");
        assertThat(own.endpoint().baseUrl()).isEqualTo("http://localhost:8000/v1");
        assertThat(own.price()).as("a model that no table has").isNull();
    }

    @Test
    void aRoleOfAnotherProviderAddressOrNameTakesOverNeitherKeyNorPrice() throws Exception {
        String model =
                "model: {provider: anthropic, name: claude-x, api_key_env: OWN_KEY, price: {input: 1, output: 5}}\n";
        ModelConfig otherProvider = judge(model + "roles: {judge: {provider: openai, name: gpt-x}}");
        assertThat(otherProvider.endpoint().baseUrl()).isEqualTo("https://api.openai.com/v1");
        assertThat(otherProvider.endpoint().apiKeyEnv()).isEqualTo("OPENAI_API_KEY");
        assertThat(otherProvider.price()).isNull();
        ModelConfig otherAddress = judge(model + "roles: {judge: {base_url: 'http://localhost:1'}}");
        assertThat(otherAddress.endpoint().apiKeyEnv()).isNull();
        assertThat(otherAddress.price()).isEqualTo(new Price(1, 1, 1, 5));
        ModelConfig otherName = judge(model + "roles: {judge: {name: claude-y}}");
        assertThat(otherName.endpoint().apiKeyEnv()).isEqualTo("OWN_KEY");
        assertThat(otherName.price()).isNull();
    }

    @Test
    void theModelsOfARouletteAreOverridesOfTheAgents() throws Exception {
        Experiment experiment = experiment("model: {provider: openai, name: a, temperature: 0.5}\n"
                + "roles: {agent: {roulette: [{name: b}, {name: c, temperature: 0.9}]}}");
        assertThat(experiment.rollouts().models())
                .extracting(ModelConfig::name, ModelConfig::temperature)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", 0.5), org.assertj.core.groups.Tuple.tuple("c", 0.9));
    }

    @Test
    void workersShareWhatAnEndpointAllows() throws Exception {
        ModelConfig model = agent("model: {provider: openai, name: m, requests_per_minute: 600}\n"
                + "concurrency: {workers: 4, model_calls: 8}");
        assertThat(model.endpoint().requestsPerMinute()).isEqualTo(150);
        assertThat(model.endpoint().tokensPerMinute()).isZero();
    }

    @Test
    void fieldsOfTheBodyAreInAFixedOrderAndInTheKeyOfAnswers() throws Exception {
        ModelConfig one = agent("model: {provider: openai, name: m, extra_body: {b: 1, a: null}}");
        ModelConfig same = agent("model: {provider: openai, name: m, extra_body: {a: null, b: 1}, retry_for_s: 3}");
        ModelConfig other = agent("model: {provider: openai, name: m, extra_body: {a: null, b: 2}}");
        assertThat(one.extraBody()).isEqualTo("{\"a\":null,\"b\":1}");
        assertThat(same.answerKey()).isEqualTo(one.answerKey());
        assertThat(other.answerKey()).isNotEqualTo(one.answerKey());
    }

    @Test
    void aSchemaInTheBodyKeepsTheOrderOfItsKeys() throws Exception {
        ModelConfig model = agent("model: {provider: openai, name: m,"
                + " extra_body: {top_k: 5, response_format: {type: json_schema, schema: {thought: {}, choice: {}}}}}");
        assertThat(model.extraBody())
                .isEqualTo(
                        "{\"response_format\":{\"type\":\"json_schema\",\"schema\":{\"thought\":{},\"choice\":{}}},\"top_k\":5}");
    }

    @Test
    void onlyWhoInsistsOnAFormHasItInTheKeyOfAnswers() throws Exception {
        ModelConfig silent = agent("model: {provider: openai, name: m}");
        assertThat(silent.structuredOutput()).isEqualTo(StructuredOutput.AUTO);
        assertThat(silent.answerKey()).as("as it always was").isEqualTo("m|1.0|null|4096|null|{}|0");
        assertThat(agent("model: {provider: openai, name: m, structured_output: auto}")
                        .answerKey())
                .isEqualTo(silent.answerKey());
        ModelConfig judge = judge("model: {provider: openai, name: m, structured_output: none}\n"
                + "roles: {judge: {structured_output: tool}}");
        assertThat(judge.structuredOutput()).isEqualTo(StructuredOutput.TOOL);
        assertThat(judge.answerKey()).isEqualTo(silent.answerKey() + "|tool");
        assertThat(agent("model: {provider: openai, name: m, structured_output: none}")
                        .answerKey())
                .isEqualTo(silent.answerKey() + "|none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{provider: opennai, name: m} | did you mean `openai`?",
                "{provider: openai} | `roles.agent.name` is missing",
                "{provider: openai, name: m, base_url: 'localhost:8000'} | must be an address such as",
                "{provider: openai, name: m, base_url: 'http://me:pw@host/v1'} | holds a user or a password",
                "{provider: openai, name: m, base_url: 'http://host/v1?api-version=1&api-key=X'} | parameter `api-key`",
                "{provider: openai, name: m, base_url: 'http://me:pw@my_host/v1'} | holds a user or a password",
                "{provider: openai, name: m, extra_body: {extra_headers: {Authorization: X}}} | field `Authorization`",
                "{provider: openai, name: m, extra_body: {api_key: X}} | field `api_key`, which looks like a key",
                "{provider: openai, name: m, read_timeout_s: 3000000} | above 0 and at most 1000000",
                "{provider: openai, name: m, retry_for_s: 0} | `roles.agent.retry_for_s` is 0.0: it must be above 0",
                "{provider: openai, name: m, price: {input: 1}} | needs input and output",
                "{provider: openai, name: m, price: {input: -1, output: 5}} | 0 or more, not -1.0",
                "{provider: openai, name: m, price: {input: 1, output: 5, cached: -0.5}} | 0 or more, not -0.5",
                "{provider: anthropic, name: m, reasoning_effort: high} | extra_body: {thinking",
                "{provider: openai, name: m, structured_output: jsn_schema} | did you mean `json_schema`?",
                "{provider: anthropic, name: m, structured_output: json_schema} | must be auto, tool or none",
                "{provider: anthropic, name: m, samples_per_call: 4} | one answer for each call",
                "{provider: openai, name: m, prices: none.yaml} | there is no file",
                "{provider: openai, name: m, prompt: x.jinja} | `model` has no prompt",
            })
    void aMistakeIsNamed(String model, String message) {
        assertThatThrownBy(() -> experiment("model: " + model))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aBudgetInUsdNeedsPrices() {
        assertThatThrownBy(() -> experiment("model: {provider: openai, name: unheard-of}\nbudget: {usd: 1}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no price is known for openai/unheard-of");
    }

    private ModelConfig agent(String yaml) throws Exception {
        return experiment(yaml).rollouts().models().get(0);
    }

    private ModelConfig judge(String yaml) throws Exception {
        return experiment(yaml).judge().model();
    }

    private Experiment experiment(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("run.yaml"), TASKS + yaml);
        return RunConfigCheck.check(RunConfigReader.read(file, Map.of()), KEYS::get);
    }
}
