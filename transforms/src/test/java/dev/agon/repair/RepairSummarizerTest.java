package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest.Role;
import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.repair.ToyTask.Played;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RepairSummarizerTest {

    private static final String FAULTY = "def older(a, b):\n    return a.age < b.age\n";
    private static final RepairModel MODEL = new RepairModel(20);
    private static final String DIFF = "--- a/people.py\n+++ b/people.py\n@@ -2 +2 @@\n-x\n+y";

    private static final ToyTask TASK = new ToyTask(
            "The function `older` in people.py is wrong.",
            Map.of("people.py", FAULTY),
            files -> files.get("people.py").contains("a.age > b.age") ? "ok" : "1 of 3 checks passed");

    @Test
    void tellsWhatWasKeptAndWhatWasTriedInVain() throws JsonProcessingException {
        Played solved = LongStream.range(0, 20)
                .mapToObj(seed -> TASK.play(MODEL, seed, 1))
                .filter(played -> played.files().get("people.py").contains(">")
                        && played.trials().size() > 2)
                .findFirst()
                .orElseThrow();
        JsonNode json = summarize(solved.trace(), DIFF, 1000);
        assertThat(texts(json, "hypotheses")).containsExactly("Kept: comparison at people.py:2:18 `<` -> `>`");
        assertThat(texts(json, "evidence"))
                .containsExactly(
                        "Visible check on the untouched program: fails (2 of 3)",
                        "Visible check on the submission: passes, step "
                                + (solved.trials().size() + 3));
        assertThat(texts(json, "files_changed")).containsExactly("people.py");
        assertThat(texts(json, "failure_modes"))
                .hasSize(solved.trials().size() - 1)
                .allMatch(failure -> failure.startsWith("In vain: ") && !failure.contains("fails"));
        assertThat(json.get("outcome").asText()).isEqualTo("solved");
        assertThat(json.get("progress").asText()).startsWith("The visible check passes");
    }

    @Test
    void claimsNothingForAnAttemptThatTookEverythingBack() throws JsonProcessingException {
        Played failed = LongStream.range(0, 20)
                .mapToObj(seed -> TASK.play(MODEL, seed, 1))
                .filter(played -> played.files().get("people.py").equals(FAULTY))
                .findFirst()
                .orElseThrow();
        JsonNode json = summarize(failed.trace(), "", 1000);
        assertThat(texts(json, "hypotheses")).isEmpty();
        assertThat(texts(json, "evidence"))
                .contains("Visible check on the submission: fails (2 of 3), nothing changed");
        assertThat(texts(json, "failure_modes")).hasSize(20);
        assertThat(json.get("outcome").asText()).isEqualTo("unsolved");
    }

    @Test
    void keepsToTheWordsAllowed() throws JsonProcessingException {
        ToyTask hopeless = new ToyTask(
                "The function `older` is wrong.", Map.of("people.py", FAULTY), files -> "1 of 3 checks passed");
        JsonNode json = summarize(hopeless.play(MODEL, 3, 1).trace(), "", 150);
        assertThat(json.toString().split("\\s+").length).isLessThanOrEqualTo(150);
        assertThat(texts(json, "failure_modes")).hasSizeBetween(1, 19);
    }

    @Test
    void aCheckThatPassesAnywayIsNoSuccess() throws JsonProcessingException {
        ToyTask weak = new ToyTask("The function `older` is wrong.", Map.of("people.py", FAULTY), files -> "ok");
        JsonNode json = summarize(weak.play(MODEL, 1, 1).trace(), DIFF, 1000);
        assertThat(json.get("outcome").asText()).isEqualTo("unknown");
        assertThat(texts(json, "evidence")).contains("Visible check on the untouched program: passes");
    }

    @Test
    void readsAttemptsOfOtherAgentsForTestResults() throws JsonProcessingException {
        String trace = "=== Step 1: agent\nTHOUGHT: The bound is off by one.\n\n```bash\npytest -q\n```\n"
                + "=== Step 1: observation\n<returncode>1</returncode>\n<output>\n2 failed, 3 passed\n</output>\n"
                + "=== Step 2: agent\nTHOUGHT: Submit.\n\n```bash\ncat nothing\n```\n"
                + "=== Step 2: observation\n<returncode>2</returncode>\n<output>\nno such file\n</output>\n";
        JsonNode json = summarize(trace, DIFF, 1000);
        assertThat(texts(json, "hypotheses")).containsExactly("Submit.", "The bound is off by one.");
        assertThat(texts(json, "evidence")).containsExactly("Step 1, pytest -q: fails (2 of 5)");
        assertThat(texts(json, "failure_modes")).containsExactly("Step 2, cat nothing: return code 2");
        assertThat(json.get("outcome").asText()).isEqualTo("unknown");
    }

    private static JsonNode summarize(String trace, String change, int words) throws JsonProcessingException {
        String prompt = Prompt.shipped(Prompt.SUMMARIZE)
                .render(Map.of(
                        "fence",
                        Fence.around("statement", trace, change),
                        "statement",
                        "statement",
                        "trace",
                        trace,
                        "parts",
                        1,
                        "outcome",
                        "submitted",
                        "step_count",
                        9,
                        "change",
                        change,
                        "max_words",
                        words));
        List<ChatMessage> messages = List.of(ChatMessage.system("Summarise."), ChatMessage.user(prompt));
        return new ObjectMapper()
                .readTree(MODEL.reply(ToyTask.request(Role.SUMMARIZER, messages, 1, 0))
                        .content());
    }

    private static List<String> texts(JsonNode json, String key) {
        return StreamSupport.stream(json.get(key).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
