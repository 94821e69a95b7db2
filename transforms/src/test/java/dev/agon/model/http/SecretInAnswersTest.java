package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ChatReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A key that an endpoint repeats in a good answer is cut out of it, in whatever field it stands and however it is written. */
class SecretInAnswersTest {

    private static final String CUT = "[secret removed]";

    @Test
    void noFieldOfAnOpenAiAnswerHoldsIt() throws Exception {
        for (String key : forms()) {
            String answer = ("{'model':'K','id':'K','choices':[{'message':{'content':'say K twice: K','reasoning':'K',"
                            + "'reasoning_details':[{'K':'K'}],'tool_calls':[{'id':'K','function':{'name':'K',"
                            + "'arguments':'{\\\"command\\\": \\\"echo K\\\"}'}}]},"
                            + "'logprobs':{'content':[{'token':'K','logprob':-1}]}}]}")
                    .replace('\'', '"')
                    .replace("K", key);
            try (HttpFixture http = new HttpFixture(Behaviour.ok(answer))) {
                ChatReply reply = http.ask();
                assertThat(reply.toString()).doesNotContain(HttpFixture.KEY);
                assertThat(reply.content()).isEqualTo("say " + CUT + " twice: " + CUT);
                assertThat(reply.reasoning()).contains(CUT);
                assertThat(reply.providerState())
                        .hasValueSatisfying(state -> assertThat(state)
                                .contains("\"reasoning_details\":[{\"" + CUT + "\":\"" + CUT + "\"}]"));
                assertThat(reply.toolCalls().get(0).id()).isEqualTo(CUT);
                assertThat(reply.toolCalls().get(0).name()).isEqualTo(CUT);
                assertThat(Json.parse(reply.toolCalls().get(0).arguments()).orElseThrow())
                        .isEqualTo(Json.object().put("command", "echo " + CUT));
                assertThat(reply.logprobs().get(0).token()).isEqualTo(CUT);
            }
        }
    }

    @Test
    void noFieldOfAnAnthropicAnswerHoldsIt() throws Exception {
        for (String key : forms()) {
            String answer =
                    ("{'content':[{'type':'thinking','thinking':'K','signature':'K'},{'type':'text','text':'K'},"
                                    + "{'type':'tool_use','id':'K','name':'K','input':{'K':'K'}}]}")
                            .replace('\'', '"')
                            .replace("K", key);
            try (HttpFixture http = new HttpFixture(Behaviour.ok(answer))) {
                http.provider = "anthropic";
                ChatReply reply = http.ask();
                assertThat(reply.content()).isEqualTo(CUT);
                assertThat(reply.toString()).doesNotContain(HttpFixture.KEY);
            }
        }
    }

    @Test
    void noKeyHidesInAnotherEncodingOfTheBody() {
        String utf16 = new String(
                ("{\"error\":\"" + HttpFixture.KEY + "\"}").getBytes(StandardCharsets.UTF_16LE),
                StandardCharsets.ISO_8859_1);
        try (HttpFixture http = new HttpFixture(Behaviour.json(400, utf16))) {
            assertThat(http.failure().getMessage().replace("\\u0000", "")).contains("rejects every request");
        }
    }

    @Test
    void aPlaceholderForAKeyIsNoSecret() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("EMPTY is a word"))) {
            http.key = "EMPTY";
            assertThat(http.ask().content()).isEqualTo("EMPTY is a word");
        }
    }

    /** The key as it is, and escaped once and twice. */
    private static List<String> forms() {
        List<String> forms = new ArrayList<>(List.of(HttpFixture.KEY));
        for (String escape : List.of("\\u%04x", "\\u%04X", "\\\\u%04x")) {
            forms.add(HttpFixture.KEY
                    .chars()
                    .mapToObj(letter -> letter % 2 == 0 ? String.format(escape, letter) : Character.toString(letter))
                    .collect(Collectors.joining()));
        }
        return forms;
    }
}
