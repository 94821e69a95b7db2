package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.model.AnswerSchema;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.StructuredOutput;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How endpoints are asked for an answer of a given form. */
class StructuredAnswersTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"thought\":{\"type\":\"string\",\"maxLength\":9},"
                    + "\"choice\":{\"type\":\"integer\"},\"also\":{\"type\":\"array\",\"maxItems\":2}}}";
    private static final String WITHOUT_BOUNDS =
            SCHEMA.replace(",\"maxLength\":9", "").replace(",\"maxItems\":2", "");
    private static final Behaviour ANSWER = openAi("{\\\"choice\\\":2}", "stop");

    @Test
    void openAiIsAskedByResponseFormatAndTheKeysKeepTheirOrder() throws Exception {
        try (HttpFixture http = new HttpFixture(ANSWER)) {
            ChatReply reply = http.model().reply(question(http));
            assertThat(reply.content()).isEqualTo("{\"choice\":2}");
            assertThat(reply.finishReason()).contains("stop");
            assertThat(http.sent(0).path("response_format").toString())
                    .isEqualTo(
                            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"vote\",\"strict\":true,\"schema\":"
                                    + SCHEMA + "}}");
            assertThat(http.sent(0).has("tools")).isFalse();
        }
    }

    @Test
    void aToolThatMustBeCalledIsTheOtherWay() throws Exception {
        String called = "{'choices':[{'message':{'content':null,'tool_calls':[{'id':'1','function':{'name':'vote',"
                + "'arguments':'{}'}}]},'finish_reason':'tool_calls'}],'usage':{'prompt_tokens':3,'completion_tokens':1}}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(called.replace('\'', '"')))) {
            http.structuredOutput = StructuredOutput.TOOL;
            ChatReply reply = http.model().reply(question(http));
            assertThat(reply.content()).isEqualTo("{}");
            assertThat(reply.toolCalls()).isEmpty();
            assertThat(http.sent(0)
                            .path("tools")
                            .path(0)
                            .path("function")
                            .path("parameters")
                            .toString())
                    .isEqualTo(SCHEMA);
            assertThat(http.sent(0).path("tool_choice").toString())
                    .isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"vote\"}}");
            assertThat(http.sent(0).has("response_format")).isFalse();
        }
    }

    @Test
    void anthropicIsAskedByATool() throws Exception {
        String called = "{'content':[{'type':'tool_use','id':'1','name':'vote','input':{'thought':'t','choice':2}}],"
                + "'stop_reason':'tool_use','usage':{'input_tokens':3,'output_tokens':1}}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(called.replace('\'', '"')))) {
            http.provider = "anthropic";
            ChatReply reply = http.model().reply(question(http));
            assertThat(reply.content()).isEqualTo("{\"thought\":\"t\",\"choice\":2}");
            assertThat(reply.finishReason()).contains("tool_calls");
            assertThat(http.sent(0).path("tools").path(0).path("input_schema").toString())
                    .isEqualTo(SCHEMA);
            assertThat(http.sent(0).path("tool_choice").toString()).isEqualTo("{\"type\":\"tool\",\"name\":\"vote\"}");
        }
    }

    @Test
    void aCutAnswerIsKnownAsSuchAtBoth() throws Exception {
        try (HttpFixture http = new HttpFixture(openAi("{", "length"))) {
            assertThat(http.ask().isCut()).isTrue();
        }
        String cut = "{'content':[{'type':'text','text':'x'}],'stop_reason':'max_tokens'}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(cut.replace('\'', '"')))) {
            http.provider = "anthropic";
            assertThat(http.ask().isCut()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
                "response_format type must be one of \\\"text\\\" or \\\"json_object\\\", but got: json_schema",
                "This model does not support structured outputs",
                "failed to parse grammar"
            })
    void anEndpointWithoutSchemasIsAskedWithoutOneFromThenOn(String error) throws Exception {
        Behaviour refused = Behaviour.json(400, "{\"error\":{\"message\":\"" + error + "\"}}");
        try (HttpFixture http = new HttpFixture(refused, refused, ANSWER, ANSWER)) {
            ChatReply reply = http.model().reply(question(http));
            assertThat(reply.content()).isEqualTo("{\"choice\":2}");
            assertThat(reply.usage().inputTokens())
                    .as("refused requests cost nothing")
                    .isEqualTo(3);
            http.model().reply(question(http));
            assertThat(http.sent(0).has("response_format")).isTrue();
            assertThat(http.sent(1)
                            .path("response_format")
                            .path("json_schema")
                            .path("schema")
                            .toString())
                    .isEqualTo(WITHOUT_BOUNDS);
            assertThat(http.sent(2).has("response_format")).isFalse();
            assertThat(http.sent(3).has("response_format")).isFalse();
        }
    }

    @Test
    void anEndpointThatKnowsNoBoundsOfLengthsIsAskedWithoutThem() throws Exception {
        Behaviour refused = Behaviour.json(
                400,
                "{\"error\":{\"message\":\"Invalid schema for response_format 'vote': 'maxLength' is not permitted.\"}}");
        try (HttpFixture http = new HttpFixture(refused, ANSWER, ANSWER)) {
            http.model().reply(question(http));
            http.model().reply(question(http));
            assertThat(http.sent(2)
                            .path("response_format")
                            .path("json_schema")
                            .path("schema")
                            .toString())
                    .isEqualTo(WITHOUT_BOUNDS);
        }
    }

    @Test
    void whoInsistsOnASchemaIsToldThatThereIsNone() throws Exception {
        Behaviour refused = Behaviour.json(400, "{\"error\":{\"message\":\"unknown field response_format\"}}");
        try (HttpFixture http = new HttpFixture(refused, refused)) {
            http.structuredOutput = StructuredOutput.JSON_SCHEMA;
            assertThatThrownBy(() -> http.model().reply(question(http)))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.MISCONFIGURED))
                    .hasMessageContaining("response_format");
        }
    }

    @Test
    void withNoneAndWithoutAFormRequestsAreAsEver() throws Exception {
        try (HttpFixture http = new HttpFixture(ANSWER, ANSWER)) {
            http.structuredOutput = StructuredOutput.NONE;
            http.model().reply(question(http));
            http.model().reply(question(http).with(Optional.empty()));
            assertThat(http.sent(0)).isEqualTo(http.sent(1));
            assertThat(http.sent(0).fieldNames())
                    .toIterable()
                    .containsExactly("model", "temperature", "max_tokens", "seed", "messages");
        }
    }

    private static ChatRequest question(HttpFixture http) {
        return http.request(ChatMessage.user("q")).with(Optional.of(new AnswerSchema("vote", "Your vote.", SCHEMA)));
    }

    private static Behaviour openAi(String content, String finishReason) {
        return Behaviour.ok("{\"choices\":[{\"message\":{\"content\":\"" + content + "\"},\"finish_reason\":\""
                + finishReason + "\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}");
    }
}
