package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of endpoints that stream. */
@Timeout(20)
class EventStreamTest {

    private static final String USAGE =
            "{'choices':[],'usage':{'prompt_tokens':10,'completion_tokens':5,'total_tokens':15}}";

    @Test
    void piecesAreOneAnswerWithItsUsageAndNothingIsAskedAgain() throws Exception {
        try (HttpFixture http = new HttpFixture(stream(
                ": keep-alive",
                "{'id':'x','choices':[{'index':0,'delta':{'role':'assistant','reasoning_content':'I th'}}]}",
                "{'id':'x','choices':[{'index':0,'delta':{'role':'assistant','reasoning_content':'ink','content':null}}]}",
                "{'id':'x','choices':[{'index':0,'delta':{'content':'hel'},'finish_reason':null}]}",
                "{'id':'x','choices':[{'index':0,'delta':{'content':'lo'},'finish_reason':'stop'}],'usage':null}",
                USAGE,
                "[DONE]"))) {
            ChatReply reply = http.model().reply(http.request(ChatMessage.user("go")));
            assertThat(reply.content()).isEqualTo("hello");
            assertThat(reply.reasoning()).contains("I think");
            assertThat(reply.usage().inputTokens()).isEqualTo(10);
            assertThat(reply.usage().outputTokens()).isEqualTo(5);
            assertThat(reply.usage().estimated()).isFalse();
            assertThat(http.server.requests()).hasSize(1);
        }
    }

    @Test
    void callsOfToolsGrowByTheirIndex() throws Exception {
        try (HttpFixture http = new HttpFixture(stream(
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'bash','arguments':'{'}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'id':'b','type':'function','function':{'name':'bash','arguments':'{}'}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','function':{'name':'bash','arguments':'}'}}]}}]}",
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}"))) {
            assertThat(http.model().reply(http.request(ChatMessage.user("go"))).toolCalls())
                    .containsExactly(new ToolCall("a", "bash", "{}"), new ToolCall("b", "bash", "{}"));
        }
    }

    @Test
    void aStreamThatIsCutIsAskedForAgainAndWhatItTookIsCounted() throws Exception {
        try (HttpFixture http = new HttpFixture(
                stream(
                        "{'choices':[{'index':0,'delta':{'content':'hel'}}],'usage':{'prompt_tokens':10,'completion_tokens':1}}"),
                stream("{'error':{'message':'the engine has crashed','code':500}}"),
                stream("{'choices':[{'index':0,'delta':{'content':'hello'},'finish_reason':'stop'}]}", USAGE))) {
            ChatReply reply = http.model().reply(http.request(ChatMessage.user("go")));
            assertThat(reply.content()).isEqualTo("hello");
            assertThat(reply.usage().inputTokens()).isEqualTo(20);
            assertThat(http.server.requests()).hasSize(3);
        }
    }

    @Test
    void aKeyThatIsCutInTwoIsCutOut() throws Exception {
        String first = HttpFixture.KEY.substring(0, 9);
        try (HttpFixture http = new HttpFixture(stream(
                "{'choices':[{'index':0,'delta':{'content':'it is " + first + "'}}]}",
                "{'choices':[{'index':0,'delta':{'content':'" + HttpFixture.KEY.substring(9)
                        + "'},'finish_reason':'stop'}]}"))) {
            assertThat(http.model().reply(http.request(ChatMessage.user("go"))).content())
                    .isEqualTo("it is [secret removed]");
        }
    }

    private static Behaviour stream(String... events) {
        StringBuilder body = new StringBuilder();
        for (String event : events) {
            body.append(event.startsWith(":") ? event : "data: " + event.replace('\'', '"'))
                    .append("\n\n");
        }
        return Behaviour.response(200, "text/event-stream", body.toString());
    }
}
