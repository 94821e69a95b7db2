package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.Tool;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AnthropicModelTest {

    private static final String MARK = "'cache_control':{'type':'ephemeral'}";
    private static final Behaviour HELLO = message("[{'type':'text','text':'hello'}]", "end_turn");

    @Test
    void sendsSystemApartAndMarksWhatIsToBeCached() throws Exception {
        try (HttpFixture http = anthropic(HELLO)) {
            http.extraBody = "{\"temperature\":null,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":50}}";
            assertThat(http.ask("q").content()).isEqualTo("hello");
            assertThat(http.sent(0))
                    .isEqualTo(json("{'model':'test-model','max_tokens':100,"
                            + "'thinking':{'type':'enabled','budget_tokens':50},"
                            + "'system':[{'type':'text','text':'be brief'," + MARK + "}],"
                            + "'messages':[{'role':'user','content':[{'type':'text','text':'q'," + MARK + "}]}]}"));
            ScriptedServer.Request request = http.server.requests().get(0);
            assertThat(request.path()).isEqualTo("/v1/messages");
            assertThat(request.headers())
                    .containsEntry("x-api-key", HttpFixture.KEY)
                    .containsEntry("anthropic-version", "2023-06-01")
                    .doesNotContainKey("authorization");
        }
    }

    @Test
    void aBaseWithoutVersionGetsOne() throws Exception {
        try (HttpFixture http = anthropic(HELLO)) {
            http.baseUrl = http.baseUrl.replace("/v1", "/");
            http.ask();
            assertThat(http.server.requests().get(0).path()).isEqualTo("/v1/messages");
        }
    }

    @Test
    void thoughtAndToolCallsGoBothWays() throws Exception {
        String blocks = "[{'type':'thinking','thinking':'hm','signature':'s1'},"
                + "{'type':'redacted_thinking','data':'d'},{'type':'text','text':'I look'},"
                + "{'type':'tool_use','id':'t1','name':'bash','input':{'command':'ls'}},"
                + "{'type':'tool_use','id':'t2','name':'bash','input':{'command':'pwd'}}]";
        try (HttpFixture http = anthropic(message(blocks, "tool_use"))) {
            Tool bash = new Tool("bash", "runs a command", "{\"type\":\"object\"}");
            ChatReply reply = http.model()
                    .reply(new ChatRequest(
                            ChatRequest.Role.AGENT,
                            List.of(ChatMessage.user("go")),
                            List.of(bash),
                            http.request().sampling()));
            assertThat(reply.content()).isEqualTo("I look");
            assertThat(reply.reasoning()).contains("hm");
            assertThat(reply.toolCalls())
                    .containsExactly(
                            new ToolCall("t1", "bash", "{\"command\":\"ls\"}"),
                            new ToolCall("t2", "bash", "{\"command\":\"pwd\"}"));
            assertThat(http.sent(0).get("tools"))
                    .isEqualTo(
                            json("[{'name':'bash','description':'runs a command','input_schema':{'type':'object'}}]"));
            http.model()
                    .reply(http.request(
                            ChatMessage.user("go"),
                            reply.message(),
                            ChatMessage.tool("t1", "a.txt"),
                            ChatMessage.tool("t2", ""),
                            ChatMessage.user("hurry")));
            assertThat(http.sent(1).get("messages"))
                    .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'go'," + MARK + "}]},"
                            + "{'role':'assistant','content':" + blocks + "},"
                            + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'a.txt'},"
                            + "{'type':'tool_result','tool_use_id':'t2','content':''},"
                            + "{'type':'text','text':'hurry'," + MARK + "}]}]"));
        }
    }

    @Test
    void marksMoveWithTheEndOfTheConversation() throws Exception {
        try (HttpFixture http = anthropic(HELLO)) {
            http.model()
                    .reply(http.request(
                            ChatMessage.user("1"),
                            ChatMessage.assistant("a"),
                            ChatMessage.user("2"),
                            ChatMessage.assistant("b"),
                            ChatMessage.user("3")));
            assertThat(http.sent(0).get("messages"))
                    .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'1'}]},"
                            + "{'role':'assistant','content':[{'type':'text','text':'a'}]},"
                            + "{'role':'user','content':[{'type':'text','text':'2'," + MARK + "}]},"
                            + "{'role':'assistant','content':[{'type':'text','text':'b'}]},"
                            + "{'role':'user','content':[{'type':'text','text':'3'," + MARK + "}]}]"));
        }
    }

    @Test
    void turnsAlternateWhereAModelSaidNothing() throws Exception {
        try (HttpFixture http = anthropic(HELLO)) {
            ChatMessage foreign = ChatMessage.assistant("", List.of(), Optional.of("{\"reasoning_details\":[1]}"));
            http.model().reply(http.request(ChatMessage.user("1"), foreign, ChatMessage.user("2")));
            assertThat(http.sent(0).get("messages"))
                    .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'1'},"
                            + "{'type':'text','text':'2'," + MARK + "}]}]"));
        }
    }

    @Test
    void usageCountsWhatTheCacheHeldAsInput() throws Exception {
        String answer = "{'content':[{'type':'text','text':'a'}],'usage':{'input_tokens':10,'output_tokens':7,"
                + "'cache_read_input_tokens':200,'cache_creation_input_tokens':30}}";
        try (HttpFixture http = anthropic(Behaviour.ok(answer.replace('\'', '"')))) {
            assertThat(http.ask().usage()).isEqualTo(new Usage(240, 200, 30, 7, 0, 0, false));
        }
    }

    @Test
    void aRefusalIsItsOwnKind() {
        try (HttpFixture http = anthropic(message("[]", "refusal"))) {
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(ModelException.Kind.REFUSED);
            assertThat(failure).hasMessageContaining("stop_reason refusal");
        }
    }

    @Test
    void overloadIsTriedAgain() throws Exception {
        Behaviour overloaded = Behaviour.json(
                529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
        try (HttpFixture http = anthropic(overloaded, HELLO)) {
            assertThat(http.ask().content()).isEqualTo("hello");
            assertThat(http.limits).containsExactly("8->5");
        }
    }

    @Test
    void oneCallGivesOneSample() throws Exception {
        try (HttpFixture http = anthropic(HELLO)) {
            http.samplesPerCall = 8;
            assertThat(http.model().replies(http.request(ChatMessage.user("vote")), List.of(1L, 2L)))
                    .hasSize(1);
            assertThat(http.server.requests()).hasSize(1);
            assertThat(http.sent(0).has("seed")).isFalse();
        }
    }

    @Test
    void whatAResponseWithoutContentConsumedIsKept() {
        Behaviour empty = Behaviour.ok("{\"type\":\"message\",\"usage\":{\"input_tokens\":7,\"output_tokens\":2}}");
        try (HttpFixture http = anthropic(empty, Behaviour.json(401, "{}"))) {
            assertThat(http.failure().usage()).isEqualTo(new Usage(7, 0, 2, 0));
        }
    }

    private static HttpFixture anthropic(Behaviour... behaviours) {
        HttpFixture http = new HttpFixture(behaviours);
        http.provider = "anthropic";
        return http;
    }

    private static Behaviour message(String blocks, String stopReason) {
        String answer = "{'type':'message','content':" + blocks + ",'stop_reason':'" + stopReason
                + "','usage':{'input_tokens':10,'output_tokens':5}}";
        return Behaviour.ok(answer.replace('\'', '"'));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"')).orElseThrow();
    }
}
