package dev.agon.summarize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.model.MalformedAnswerException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryReplyTest {

    private static final String WHOLE = """
            {"hypotheses": ["off by one"], "actions": ["changed < to <="], "evidence": ["5 of 5 checks passed"],
             "files_changed": ["a.py"], "progress": "done", "failure_modes": [], "open_questions": [], "outcome": "solved"}""";

    @Test
    void readsTheObject() throws Exception {
        SummaryFields fields = SummaryReply.read(WHOLE, false);
        assertThat(fields)
                .isEqualTo(new SummaryFields(
                        List.of("off by one"),
                        List.of("changed < to <="),
                        List.of("5 of 5 checks passed"),
                        List.of("a.py"),
                        "done",
                        List.of(),
                        List.of(),
                        "solved"));
    }

    @Test
    void takesWhatModelsPutAroundAndInside() throws Exception {
        for (String lenient : List.of(
                "Here it is:\n```json\n" + WHOLE + "\n```\nAnything else?",
                WHOLE.replace("[\"a.py\"]", "[\"a.py\",]"),
                WHOLE.replace("[\"a.py\"]", "\"a.py\""),
                WHOLE.replace("[\"a.py\"]", "['a.py'] // the only one\n"),
                WHOLE.replace("\"solved\"", "\"Solved\""))) {
            assertThat(SummaryReply.read(lenient, false)).as(lenient).isEqualTo(SummaryReply.read(WHOLE, false));
        }
        assertThat(SummaryReply.read(WHOLE.replace("\"done\"", "\"line one\nline two\""), false)
                        .progress())
                .isEqualTo("line one\nline two");
        assertThat(SummaryReply.read(WHOLE.replace("[\"off by one\"]", "[null, \" \", 3, {\"a\": 1}]"), false)
                        .hypotheses())
                .containsExactly("3", "{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "I could not. | it holds no JSON object",
                "{\"hypotheses\": | it holds no JSON object",
                "{\"hypotheses\" []} | the JSON does not parse",
                "{\"hypotheses\": []} | the key \"actions\" is missing",
            })
    void saysWhatIsWrong(String reply, String problem) {
        assertThatThrownBy(() -> SummaryReply.read(reply, false))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void anInventedOutcomeIsMalformed() {
        assertThatThrownBy(() -> SummaryReply.read(WHOLE.replace("\"solved\"", "\"great\""), false))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("not \"great\"");
    }

    @Test
    void lengthsAreBounded() throws Exception {
        String longItem = "x".repeat(5_000);
        String many = "[" + "\"y\",".repeat(500) + "\"" + longItem + "\"]";
        assertThat(SummaryReply.read(WHOLE.replace("[\"off by one\"]", many), false)
                        .hypotheses())
                .hasSize(40);
        assertThat(SummaryReply.read(WHOLE.replace("[\"off by one\"]", "[\"" + longItem + "\"]"), false)
                        .hypotheses()
                        .get(0))
                .hasSizeLessThan(700)
                .contains("4400 characters left out");
    }

    @Test
    void aBriefSummaryNeedsNoLists() throws Exception {
        String brief = "{\"progress\": \"half\", \"outcome\": \"partial\"}";
        assertThat(SummaryReply.read(brief, true).evidence()).isEmpty();
        assertThat(SummaryReply.read(brief, true).outcome()).isEqualTo("partial");
        assertThatThrownBy(() -> SummaryReply.read(brief, false)).hasMessageContaining("hypotheses");
    }
}
