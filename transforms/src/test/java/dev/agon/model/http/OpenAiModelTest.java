package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.Price;
import dev.agon.model.TokenLogprob;
import dev.agon.model.Tool;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OpenAiModelTest {

    private static final String BASH =
            "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\"}},\"required\":[\"command\"]}";

    @Test
    void sendsTheConversationAndItsSampling() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("hello"))) {
            http.topP = 0.9;
            http.reasoningEffort = "low";
            assertThat(http.ask("q").content()).isEqualTo("hello");
            assertThat(http.sent(0))
                    .isEqualTo(json("{'model':'test-model','temperature':0.7,'top_p':0.9,'max_tokens':100,'seed':7,"
                            + "'reasoning_effort':'low','messages':[{'role':'system','content':'be brief'},"
                            + "{'role':'user','content':'q'}]}"));
            ScriptedServer.Request request = http.server.requests().get(0);
            assertThat(request.path()).isEqualTo("/v1/chat/completions");
            assertThat(request.headers())
                    .containsEntry("authorization", "Bearer " + HttpFixture.KEY)
                    .containsEntry("content-type", "application/json; charset=utf-8")
                    .containsEntry("content-length", "" + request.body().length())
                    .doesNotContainKey("transfer-encoding");
        }
    }

    @Test
    void extraFieldsReplaceOthersAndNullTakesThemAway() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("hello"))) {
            http.extraBody = "{\"temperature\":null,\"seed\":null,\"max_tokens\":5,\"provider\":{\"order\":[\"a\"]}}";
            http.ask("q");
            JsonNode sent = http.sent(0);
            assertThat(sent.has("temperature")).isFalse();
            assertThat(sent.has("seed")).isFalse();
            assertThat(sent.get("max_tokens").asInt()).isEqualTo(5);
            assertThat(sent.get("provider")).isEqualTo(json("{'order':['a']}"));
        }
    }

    @Test
    void seedsHave31BitsAndAreNeverNegative() {
        assertThat(OpenAiDialect.seed(7)).isEqualTo(7);
        assertThat(OpenAiDialect.seed(-1L)).isNotNegative();
        assertThat(OpenAiDialect.seed(Long.MIN_VALUE)).isNotNegative();
        assertThat(OpenAiDialect.seed(0x1234_5678_9abc_def0L)).isNotEqualTo(OpenAiDialect.seed(0x9abc_def0L));
    }

    @Test
    void toolCallsGoBothWays() throws Exception {
        String answer = "{'choices':[{'message':{'content':null,'tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'bash','arguments':'{\\\"command\\\":\\\"ls\\\"}'}},"
                + "{'function':{'name':'bash','arguments':{'command':'pwd'}}}]}}],"
                + "'usage':{'prompt_tokens':3,'completion_tokens':4}}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(answer.replace('\'', '"')))) {
            ChatRequest first = new ChatRequest(
                    ChatRequest.Role.AGENT,
                    List.of(ChatMessage.user("go")),
                    List.of(new Tool("bash", "runs a command", BASH)),
                    http.request().sampling());
            ChatReply reply = http.model().reply(first);
            assertThat(reply.content()).isEmpty();
            assertThat(reply.toolCalls())
                    .containsExactly(
                            new ToolCall("c1", "bash", "{\"command\":\"ls\"}"),
                            new ToolCall("call_1", "bash", "{\"command\":\"pwd\"}"));
            assertThat(http.sent(0).get("tools"))
                    .isEqualTo(json("[{'type':'function','function':{'name':'bash','description':'runs a command',"
                            + "'parameters':" + BASH.replace('"', '\'') + "}}]"));
            http.model()
                    .reply(http.request(
                            ChatMessage.user("go"),
                            reply.message(),
                            ChatMessage.tool("c1", "a.txt"),
                            ChatMessage.tool("call_1", "/")));
            assertThat(http.sent(1).get("messages"))
                    .isEqualTo(json("[{'role':'user','content':'go'},{'role':'assistant','content':null,'tool_calls':["
                            + "{'id':'c1','type':'function','function':{'name':'bash','arguments':'{\\\"command\\\":\\\"ls\\\"}'}},"
                            + "{'id':'call_1','type':'function','function':{'name':'bash','arguments':'{\\\"command\\\":\\\"pwd\\\"}'}}]},"
                            + "{'role':'tool','tool_call_id':'c1','content':'a.txt'},"
                            + "{'role':'tool','tool_call_id':'call_1','content':'/'}]"));
        }
    }

    @Test
    void malformedArgumentsAreSentBackAsAnObject() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("hello"))) {
            ToolCall call = new ToolCall("c", "bash", "{\"command\": ls");
            http.model().reply(http.request(ChatMessage.assistant("", List.of(call), Optional.empty())));
            String arguments = http.sent(0)
                    .at("/messages/0/tool_calls/0/function/arguments")
                    .textValue();
            assertThat(Json.parse(arguments)).contains(Json.object().put("malformed_arguments", "{\"command\": ls"));
        }
    }

    @Test
    void halfASurrogatePairDoesNotBreakARequest() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("hello"))) {
            http.ask("cut \ud83d");
            assertThat(http.sent(0).at("/messages/1/content").textValue()).isEqualTo("cut ?");
        }
    }

    @Test
    void reasoningIsKeptApartAndStateComesBack() throws Exception {
        String answer =
                "{'choices':[{'message':{'content':[{'type':'text','text':'<think>a</think>'},{'type':'text','text':'b'}],"
                        + "'reasoning':'why','reasoning_details':[{'type':'reasoning.encrypted','data':'x'}]}}],"
                        + "'usage':{'prompt_tokens':3,'completion_tokens':4,'completion_tokens_details':{'reasoning_tokens':2}}}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(answer.replace('\'', '"')))) {
            ChatReply reply = http.ask();
            assertThat(reply.content()).isEqualTo("b");
            assertThat(reply.reasoning()).contains("why\na");
            assertThat(reply.usage().reasoningTokens()).isEqualTo(2);
            http.model().reply(http.request(ChatMessage.user("q"), reply.message()));
            assertThat(http.sent(1).at("/messages/1"))
                    .isEqualTo(json("{'role':'assistant','content':'<think>a</think>b',"
                            + "'reasoning_details':[{'type':'reasoning.encrypted','data':'x'}]}"));
        }
    }

    /** As DeepSeek, Gemini and LiteLLM give them; each refuses the next request without its own. */
    @Test
    void whateverAnEndpointWantsBackWithAMessageOrACallGoesBack() throws Exception {
        String answer =
                "{'choices':[{'finish_reason':'tool_calls','message':{'role':'assistant','content':null,'refusal':null,"
                        + "'annotations':[],'reasoning_content':'look first','thinking_blocks':[{'signature':'s'}],"
                        + "'tool_calls':[{'index':0,'id':'a','type':'function','extra_content':{'google':{'thought_signature':'U0lH'}},"
                        + "'function':{'name':'bash','arguments':'{}','provider_specific_fields':{'x':1}}},"
                        + "{'id':'b','type':'function','function':{'name':'bash','arguments':'{}'}}]}}],"
                        + "'usage':{'prompt_tokens':3,'completion_tokens':4}}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(answer.replace('\'', '"')))) {
            ChatReply reply = http.ask();
            http.model().reply(http.request(ChatMessage.user("q"), reply.message()));
            assertThat(http.sent(1).at("/messages/1"))
                    .isEqualTo(json("{'role':'assistant','content':null,"
                            + "'tool_calls':[{'id':'a','type':'function','function':{'name':'bash','arguments':'{}',"
                            + "'provider_specific_fields':{'x':1}},'extra_content':{'google':{'thought_signature':'U0lH'}}},"
                            + "{'id':'b','type':'function','function':{'name':'bash','arguments':'{}'}}],"
                            + "'reasoning_content':'look first','thinking_blocks':[{'signature':'s'}]}"));
        }
    }

    @Test
    void stateOfEarlierJournalsAndOfOtherKindsIsReadForWhatItIs() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("hello"))) {
            http.model()
                    .reply(http.request(
                            ChatMessage.assistant("a", List.of(), Optional.of("{\"reasoning_details\":[1]}")),
                            ChatMessage.assistant(
                                    "b", List.of(), Optional.of("{\"content\":[{\"type\":\"thinking\"}]}"))));
            assertThat(http.sent(0).at("/messages/0"))
                    .isEqualTo(json("{'role':'assistant','content':'a','reasoning_details':[1]}"));
            assertThat(http.sent(0).at("/messages/1")).isEqualTo(json("{'role':'assistant','content':'b'}"));
        }
    }

    @Test
    void usageTellsKindsOfTokensApart() throws Exception {
        assertUsage(
                "{'prompt_tokens':100,'completion_tokens':60,'total_tokens':2160,'completion_tokens_details':{'reasoning_tokens':2000}}",
                new Usage(100, 0, 0, 2_060, 2_000, 0, false));
        assertUsage(
                "{'prompt_tokens':100,'completion_tokens':60,'completion_tokens_details':{'reasoning_tokens':2000}}",
                new Usage(100, 0, 0, 2_060, 2_000, 0, false));
        assertUsage(
                "{'prompt_tokens':100,'completion_tokens':60,'total_tokens':560}",
                new Usage(100, 0, 0, 460, 400, 0, false));
        assertUsage(
                "{'prompt_tokens':100,'completion_tokens':60,'total_tokens':160,'completion_tokens_details':{'reasoning_tokens':50}}",
                new Usage(100, 0, 0, 60, 50, 0, false));
        assertUsage(
                "{'prompt_tokens':100,'completion_tokens':9,'prompt_tokens_details':{'cached_tokens':60,'cache_write_tokens':30}}",
                new Usage(100, 60, 30, 9, 0, 0, false));
        assertUsage(
                "{'prompt_tokens':100,'completion_tokens':9,'prompt_cache_hit_tokens':60,'prompt_cache_miss_tokens':40}",
                new Usage(100, 60, 0, 9, 0, 0, false));
        assertUsage(
                "{'prompt_tokens':100,'completion_tokens':9,'cache_creation_input_tokens':40,"
                        + "'prompt_tokens_details':{'cached_tokens':60}}",
                new Usage(100, 60, 40, 9, 0, 0, false));
    }

    private static void assertUsage(String usage, Usage expected) throws Exception {
        String answer = "{'choices':[{'message':{'content':'a'}}],'usage':" + usage + "}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(answer.replace('\'', '"')))) {
            assertThat(http.ask().usage()).isEqualTo(expected);
        }
    }

    @Test
    void costsWhatThePriceSays() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("hello"))) {
            http.price = new Price(1, 0.1, 2, 10);
            assertThat(http.ask().usage().costUsd()).isEqualTo((10 * 1 + 5 * 10) / 1e6);
        }
    }

    @Test
    void contentIsAnEmptyTextWhereTheEndpointRefusesNull() throws Exception {
        ChatMessage call = ChatMessage.assistant("", List.of(new ToolCall("1", "bash", "{}")), Optional.empty());
        Behaviour pydantic = Behaviour.json(
                500,
                "{\"error\":{\"message\":\"[{'type': 'string_type', 'loc': ('body', 'messages', 1, 'content'), 'msg': 'Input should be"
                        + " a valid string', 'input': None}]\",\"type\":\"internal_server_error\"}}");
        try (HttpFixture http = new HttpFixture(pydantic, Behaviour.completion("a"), Behaviour.completion("b"))) {
            assertThat(http.model().reply(http.request(call)).content()).isEqualTo("a");
            assertThat(http.model().reply(http.request(call)).content()).isEqualTo("b");
            assertThat(http.sent(0).at("/messages/0/content").isNull()).isTrue();
            assertThat(http.sent(1).at("/messages/0/content").textValue()).isEmpty();
            assertThat(http.sent(2).at("/messages/0/content").textValue())
                    .as("learned")
                    .isEmpty();
        }
    }

    @Test
    void costsWhatTheEndpointReports() throws Exception {
        String answer = "{\"choices\":[{\"message\":{\"content\":\"a\"}},{\"message\":{\"content\":\"b\"}}],"
                + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":50,\"total_tokens\":1050%s}}";
        Behaviour openRouter = Behaviour.ok(String.format(answer, ",\"cost\":0.4038"));
        Behaviour litellm = Behaviour.json(200, String.format(answer, ""), "x-litellm-response-cost: 0.4038");
        Behaviour impossible = Behaviour.ok(String.format(answer, ",\"cost\":-1"));
        assertThat(cost(Price.REPORTED, openRouter)).isEqualTo(0.4038);
        assertThat(cost(Price.REPORTED, litellm)).isEqualTo(0.4038);
        assertThat(cost(Price.REPORTED, impossible)).isZero();
        assertThat(cost(null, openRouter)).as("unknown unless asked for").isZero();
        assertThat(cost(new Price(1, 1, 1, 10), litellm)).isEqualTo((1000 + 50 * 10) / 1e6);
    }

    private static double cost(Price price, Behaviour behaviour) throws Exception {
        try (HttpFixture http = new HttpFixture(behaviour)) {
            http.price = price;
            http.samplesPerCall = 2;
            return http.model().replies(http.request(ChatMessage.user("vote")), List.of(1L, 2L)).stream()
                    .mapToDouble(reply -> reply.usage().costUsd())
                    .sum();
        }
    }

    @Test
    void usageThatCountsOneOfSeveralSamplesIsCheckedAgainstTheText() throws Exception {
        String choice = "{\"message\":{\"content\":\"" + "four".repeat(10) + "\"}}";
        for (int counted : new int[] {10, 40}) {
            String body = "{\"choices\":[" + String.join(",", List.of(choice, choice, choice, choice))
                    + "],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + counted + "}}";
            try (HttpFixture http = new HttpFixture(Behaviour.ok(body))) {
                http.samplesPerCall = 4;
                List<ChatReply> replies =
                        http.model().replies(http.request(ChatMessage.user("vote")), List.of(1L, 2L, 3L, 4L));
                assertThat(replies)
                        .allMatch(reply -> reply.usage().outputTokens() == 10
                                && reply.usage().estimated() == (counted == 10));
            }
        }
    }

    @Test
    void usageThatNobodyCanHaveCountedIsEstimated() throws Exception {
        for (String usage : List.of(
                "{'prompt_tokens':-3,'completion_tokens':4}",
                "{'prompt_tokens':3,'completion_tokens':-4}",
                "{'prompt_tokens':3,'completion_tokens':9223372036854775807}",
                "{'prompt_tokens':3,'completion_tokens':1e300}",
                "{'prompt_tokens':3,'completion_tokens':4,'prompt_tokens_details':{'cached_tokens':-1}}",
                "{'prompt_tokens':3,'completion_tokens':4,'completion_tokens_details':{'reasoning_tokens':-1}}")) {
            String answer = ("{'choices':[{'message':{'content':'a'}}],'usage':" + usage + "}").replace('\'', '"');
            try (HttpFixture http = new HttpFixture(Behaviour.ok(answer))) {
                assertThat(http.ask().usage().estimated()).as(usage).isTrue();
                assertThat(http.ask().usage().outputTokens()).as(usage).isEqualTo(1);
            }
        }
    }

    @Test
    void usageThatIsMissingIsEstimated() throws Exception {
        String answer = "{\"choices\":[{\"message\":{\"content\":\"12345678\",\"reasoning\":\"1234\"}}]}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(answer))) {
            Usage usage = http.ask().usage();
            long sent = http.server.requests().get(0).body().length();
            assertThat(usage).isEqualTo(new Usage((sent + 3) / 4, 0, 0, 3, 0, 0, true));
        }
    }

    @Test
    void logprobsAreReadWhereTheyWereAskedFor() throws Exception {
        String answer = "{'choices':[{'message':{'content':'A'},'logprobs':{'content':[{'token':'A','logprob':-0.25,"
                + "'top_logprobs':[{'token':'A','logprob':-0.25},{'token':'B','logprob':-1.5}]}]}}],"
                + "'usage':{'prompt_tokens':3,'completion_tokens':1}}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(answer.replace('\'', '"')))) {
            http.topLogprobs = 2;
            assertThat(http.ask().logprobs())
                    .containsExactly(new TokenLogprob("A", -0.25, Map.of("A", -0.25, "B", -1.5)));
            assertThat(http.sent(0).get("logprobs").asBoolean()).isTrue();
            assertThat(http.sent(0).get("top_logprobs").asInt()).isEqualTo(2);
        }
    }

    @Test
    void samplesOfOneCallShareTheirPrompt() throws Exception {
        try (HttpFixture http = new HttpFixture(choices(2, 11))) {
            http.samplesPerCall = 3;
            List<ChatReply> replies =
                    http.model().replies(http.request(ChatMessage.user("vote")), List.of(70L, 71L, 72L, 73L));
            // Three were asked for and two came; whoever wants the others asks again.
            assertThat(replies).extracting(ChatReply::content).containsExactly("s0", "s1");
            assertThat(replies).extracting(reply -> reply.usage().inputTokens()).containsExactly(10L, 0L);
            assertThat(replies)
                    .extracting(reply -> reply.usage().outputTokens())
                    .containsExactly(6L, 5L);
            assertThat(http.server.requests()).hasSize(1);
            assertThat(http.sent(0).get("n").asInt()).isEqualTo(3);
            assertThat(http.sent(0).get("seed").asLong()).isEqualTo(70);
        }
    }

    @Test
    void noMoreSamplesAreAskedForThanThereAreSeedsNorTakenWhereMoreCome() throws Exception {
        try (HttpFixture http = new HttpFixture(choices(3, 11), choices(2, 4))) {
            http.samplesPerCall = 3;
            assertThat(http.model().replies(http.request(ChatMessage.user("vote")), List.of(70L, 71L)))
                    .hasSize(2);
            assertThat(http.model().replies(http.request(ChatMessage.user("vote")), List.of(72L)))
                    .hasSize(1);
            assertThat(http.sent(0).get("n").asInt()).isEqualTo(2);
            assertThat(http.sent(1).has("n")).isFalse();
            assertThat(http.sent(1).get("seed").asLong()).isEqualTo(72);
        }
    }

    @Test
    void aRefusalKeepsWhatItConsumed() {
        String answer = "{'choices':[{'message':{'refusal':'no'}}],'usage':{'prompt_tokens':6,'completion_tokens':2}}";
        try (HttpFixture http = new HttpFixture(Behaviour.ok(answer.replace('\'', '"')))) {
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(ModelException.Kind.REFUSED);
            assertThat(failure.usage()).isEqualTo(new Usage(6, 0, 2, 0));
        }
    }

    private static Behaviour choices(int count, int outputTokens) {
        StringBuilder choices = new StringBuilder();
        for (int index = 0; index < count; index++) {
            choices.append(index == 0 ? "" : ",")
                    .append("{'index':" + index + ",'message':{'content':'s" + index + "'}}");
        }
        String answer =
                "{'choices':[" + choices + "],'usage':{'prompt_tokens':10,'completion_tokens':" + outputTokens + "}}";
        return Behaviour.ok(answer.replace('\'', '"'));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"')).orElseThrow();
    }
}
