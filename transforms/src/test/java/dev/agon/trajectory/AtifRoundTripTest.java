package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.schemas.Rollout;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that go through the rows of the tables and come back. */
class AtifRoundTripTest {

    private static final AtifWriter WRITER = new AtifWriter();

    @Test
    void theRealDocumentsComeBackAsTheyWere() throws Exception {
        int documents = 0;
        for (Map.Entry<String, byte[]> file :
                SharedData.unpacked("atif-samples.tar.gz").entrySet()) {
            JsonNode document = Documents.json(file.getValue());
            if (!new AtifFormat().recognises(document)) {
                continue;
            }
            documents++;
            JsonNode written = throughTables(document, file.getKey());
            assertThat(AtifRules.broken(written)).as(file.getKey()).isEmpty();
            assertThat(written).as(file.getKey()).isEqualTo(upgraded(document));
        }
        assertThat(documents).isEqualTo(10);
    }

    /** 1.0 to 1.6 have fewer fields than 1.7, and the same meaning for each. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
    void everyVersionComesBackAsTheLatest(String version) throws Exception {
        JsonNode document = Documents.quoted(AtifFormatTest.DOCUMENT);
        ((ObjectNode) document).put("schema_version", "ATIF-v" + version);
        JsonNode written = throughTables(document, "x.json");
        assertThat(AtifRules.broken(written)).isEmpty();
        assertThat(written).isEqualTo(upgraded(document));
    }

    @Test
    void whatIsNotOfTheFormatGoesIntoTheNearestExtra() throws Exception {
        ObjectNode document = (ObjectNode) Documents.quoted(AtifFormatTest.DOCUMENT);
        document.put("colour", "red");
        ((ObjectNode) document.at("/steps/1")).put("model_name", "none").put("mood", 3);
        ((ObjectNode) document.at("/steps/2/tool_calls/0"))
                .put("tool_name", "bash")
                .remove("function_name");
        JsonNode written = throughTables(document, "x.json");

        assertThat(AtifRules.broken(written)).isEmpty();
        assertThat(written.at("/extra/colour").asText()).isEqualTo("red");
        assertThat(written.at("/steps/1/extra")).isEqualTo(Documents.quoted("{'mood': 3, 'model_name': 'none'}"));
        assertThat(written.at("/steps/2/tool_calls/0/function_name").asText()).isEqualTo("bash");
    }

    @Test
    void realAttemptsInTheConvertedWrapperAreWrittenAsStrictDocuments() throws Exception {
        ConvertedAtifFormat format = new ConvertedAtifFormat();
        for (Map.Entry<String, byte[]> file :
                SharedData.unpacked("tb21-mini-swe-agent-dev.tar.gz").entrySet()) {
            JsonNode document = Documents.json(file.getValue());
            Rollout rollout = Documents.only(format.read(document, Documents.file(file.getKey())))
                    .rollout();
            JsonNode written = WRITER.write(StoredRollout.avro(rollout), "");
            assertThat(AtifRules.broken(written)).as(file.getKey()).isEmpty();
            assertThat(written.path("steps")).hasSameSizeAs(document.at("/trajectory/steps"));
            assertThat(written.path("final_metrics")).isEqualTo(document.at("/trajectory/final_metrics"));
        }
    }

    @Test
    void attemptsOfOtherFormatsBecomeStrictDocumentsThatReadTheSame() throws Exception {
        MiniSweAgentFormat mini = new MiniSweAgentFormat();
        for (Map.Entry<String, byte[]> file :
                SharedData.unpacked("swebench-mini-swe-agent-v1-sample.tar.gz").entrySet()) {
            JsonNode document = Documents.json(file.getValue());
            if (mini.recognises(document)) {
                Rollout rollout = Documents.only(mini.read(document, Documents.file(file.getKey())))
                        .rollout();
                JsonNode written = Documents.json(
                        WRITER.write(StoredRollout.avro(rollout), "").toString());
                assertThat(AtifRules.broken(written)).as(file.getKey()).isEmpty();
                Rollout again = Documents.only(new AtifFormat().read(written, Documents.file("a.json")))
                        .rollout();
                assertThat(again.getTaskId()).isEqualTo(rollout.getTaskId());
                assertThat(again.getExitStatus()).isEqualTo(rollout.getExitStatus());
                assertThat(again.getSubmission()).isEqualTo(rollout.getSubmission());
                assertThat(again.getCostUsd()).isEqualTo(rollout.getCostUsd());
                assertThat(again.getInputTokens()).isEqualTo(rollout.getInputTokens());
                assertThat(again.getSteps())
                        .extracting("message")
                        .isEqualTo(rollout.getSteps().stream()
                                .map(step -> step.getMessage())
                                .toList());
                assertThat(WRITER.write(again, "")).isEqualTo(written);
            }
        }
    }

    private static JsonNode upgraded(JsonNode document) {
        return ((ObjectNode) document.deepCopy()).put("schema_version", "ATIF-v1.7");
    }

    private static JsonNode throughTables(JsonNode document, String path) throws Exception {
        Rollout rollout = Documents.only(new AtifFormat().read(document, Documents.file(path)))
                .rollout();
        JsonNode written = WRITER.write(StoredRollout.avro(rollout), "");
        assertThat(WRITER.write(StoredRollout.parquet(rollout), "")).isEqualTo(written);
        return written;
    }

    @Test
    void aDocumentWithAudioIsOfTheVersionThatHasIt() throws Exception {
        JsonNode spoken = Documents.quoted("{'schema_version':'ATIF-v1.8','agent':{'name':'a','version':'1'},'steps':["
                + "{'step_id':1,'source':'user','message':[{'type':'text','text':'listen'},"
                + "{'type':'audio','source':{'media_type':'audio/wav','path':'a.wav'}}]}]}");
        Rollout rollout = Documents.only(new AtifFormat().read(spoken, Documents.file("t/a.json")))
                .rollout();
        JsonNode written = new AtifWriter().write(rollout, "");
        assertThat(written.path("schema_version").asText()).isEqualTo("ATIF-v1.8");
        assertThat(written.at("/steps/0/message")).isEqualTo(spoken.at("/steps/0/message"));
    }

    @Test
    void tokensOfTheWholeAttemptSurviveMiniSweAgent() throws Exception {
        JsonNode totals = Documents.quoted("{'schema_version':'ATIF-v1.7','agent':{'name':'a','version':'1'},'steps':["
                + "{'step_id':1,'source':'user','message':'go'},{'step_id':2,'source':'agent','message':'done'}],"
                + "'final_metrics':{'total_prompt_tokens':10,'total_cached_tokens':2,'total_completion_tokens':5}}");
        Rollout rollout = Documents.only(new AtifFormat().read(totals, Documents.file("t/a.json")))
                .rollout();
        Rollout again = Documents.only(new MiniSweAgentFormat()
                        .read(new MiniSweAgentWriter().write(rollout, ""), Documents.file("t/a.traj.json")))
                .rollout();
        assertThat(again.getInputTokens()).isEqualTo(10);
        assertThat(again.getCachedTokens()).isEqualTo(2);
        assertThat(again.getOutputTokens()).isEqualTo(5);
    }
}
