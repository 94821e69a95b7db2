package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.schemas.Rollout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AtifReferencesTest {

    private static final String FIRST = document(
            "'continued_trajectory_ref': 'trajectory.cont-1.json', 'final_metrics': {'total_prompt_tokens': 10, 'total_cost_usd': 1.5}",
            "{'step_id': 1, 'source': 'user', 'message': 'Do it.'}, " + agent(2, "first", 10, ""));

    @Test
    void aContinuationsStepsFollowThoseThatItContinues() throws Exception {
        Rollout rollout = read(Map.of(
                        "trajectory.json",
                        FIRST,
                        "trajectory.cont-1.json",
                        document(
                                "'final_metrics': {'total_prompt_tokens': 7, 'total_cost_usd': 0.5}",
                                agent(1, "first", 10, ", 'is_copied_context': true") + ", "
                                        + agent(2, "second", 7, ""))))
                .rollout();
        assertThat(rollout.getSteps()).extracting("message").containsExactly("first", "second");
        assertThat(rollout.getInputTokens()).isEqualTo(17);
        assertThat(rollout.getCostUsd()).isEqualTo(2.0);
        assertThat(rollout.getModelCalls()).isEqualTo(2);

        JsonNode written = new AtifWriter().write(StoredRollout.avro(rollout), "");
        assertThat(AtifRules.broken(written)).isEmpty();
        assertThat(written.path("steps")).hasSize(3);
        assertThat(written.has("continued_trajectory_ref")).isFalse();
        assertThat(written.at("/extra/continuations/0/path").asText()).isEqualTo("trajectory.cont-1.json");
    }

    @Test
    void totalsThatCountOnAreNotAddedTwice() throws Exception {
        Rollout rollout = read(Map.of(
                        "trajectory.json",
                        FIRST,
                        "trajectory.cont-1.json",
                        document(
                                "'final_metrics': {'total_prompt_tokens': 20, 'total_cost_usd': 2.5}",
                                agent(1, "second", 7, ""))))
                .rollout();
        assertThat(rollout.getInputTokens()).isEqualTo(20);
        assertThat(rollout.getCostUsd()).isEqualTo(2.5);
    }

    @Test
    void subAgentsOfOtherFilesAreTakenInAndCounted() throws Exception {
        Rollout rollout = read(Map.of(
                        "trajectory.json", delegating("'trajectory_path': 'sub/one.json'"),
                        "sub/one.json", delegating("'session_id': 'x', 'trajectory_path': 'two.json'"),
                        "sub/two.json", document("'trajectory_id': 'deep'", agent(1, "deep", 1, ""))))
                .rollout();
        assertThat(rollout.getSteps()).hasSize(1);
        assertThat(rollout.getInputTokens()).isEqualTo(11);
        assertThat(rollout.getModelCalls()).isEqualTo(3);

        JsonNode written = new AtifWriter().write(rollout, "");
        assertThat(AtifRules.broken(written)).isEmpty();
        assertThat(written.at("/subagent_trajectories/0/trajectory_id").asText())
                .isEqualTo("sub/one.json");
        assertThat(written.at("/subagent_trajectories/0/subagent_trajectories/0/trajectory_id")
                        .asText())
                .isEqualTo("deep");
        assertThat(Documents.json(rollout.getExtra()).path("followed").toString())
                .isEqualTo("[\"sub/one.json\",\"sub/two.json\"]");
    }

    @Test
    void whatIsNotThereOrElsewhereIsNamedAndLeftAsItIs() throws Exception {
        for (String path : new String[] {"gone.json", "/logs/one.json", "s3://store/one.json"}) {
            Rollout rollout = read(Map.of("trajectory.json", delegating("'trajectory_path': '" + path + "'")))
                    .rollout();
            assertThat(Documents.json(rollout.getExtra()).at("/unresolved/0").asText())
                    .startsWith("steps[0].observation: ")
                    .contains(path);
        }
    }

    @Test
    void circlesUpwardPathsAndBrokenFilesAreErrors() {
        assertThatThrownBy(() -> read(Map.of("trajectory.json", delegating("'trajectory_path': 'trajectory.json'"))))
                .hasMessage(
                        "steps[0].observation: leads back to trajectory.json, expected a trajectory that is not part of its own");
        assertThatThrownBy(() -> read(Map.of("trajectory.json", FIRST, "trajectory.cont-1.json", FIRST)))
                .hasMessageContaining("continued_trajectory_ref: leads back to trajectory.cont-1.json");
        assertThatThrownBy(() -> read(Map.of("trajectory.json", delegating("'trajectory_path': 'a/../../x.json'"))))
                .hasMessageContaining("leads upwards");
        assertThatThrownBy(() -> read(Map.of("trajectory.json", FIRST, "trajectory.cont-1.json", "{'steps': 1}")))
                .hasMessage(
                        "continued_trajectory_ref: refers to trajectory.cont-1.json, where steps: is the number 1, expected a list");
    }

    @Test
    void filesThatLeadOnAndOnAreAnError() {
        Map<String, String> files = new HashMap<>();
        files.put("trajectory.json", delegating("'trajectory_path': '0.json'"));
        for (int file = 0; file < 5_000; file++) {
            files.put(file + ".json", delegating("'session_id': 'x', 'trajectory_path': '" + (file + 1) + ".json'"));
        }
        assertThatThrownBy(() -> read(files)).hasMessageContaining("more than 200 files");
    }

    private static String delegating(String reference) {
        return document(
                "'notes': 'n'",
                agent(
                        1,
                        "delegates",
                        5,
                        ", 'observation': {'results': [{'subagent_trajectory_ref': [{" + reference + "}]}]}"));
    }

    private static String agent(int id, String message, int tokens, String more) {
        return "{'step_id': %d, 'source': 'agent', 'message': '%s', 'metrics': {'prompt_tokens': %d}%s}"
                .formatted(id, message, tokens, more);
    }

    private static String document(String fields, String steps) {
        return "{'schema_version': 'ATIF-v1.6', 'session_id': 's', 'agent': {'name': 'a', 'version': '1'}, %s, 'steps': [%s]}"
                .formatted(fields, steps);
    }

    private static Trajectory read(Map<String, String> files) throws BadTrajectoryException {
        TrajectoryFile file = new TrajectoryFile() {
            @Override
            public String path() {
                return "corpus/trajectory.json";
            }

            @Override
            public byte[] near(String reference) throws IOException {
                if (!files.containsKey(reference)) {
                    throw new FileNotFoundException(reference);
                }
                return files.get(reference).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            }
        };
        return Documents.only(new AtifFormat().read(Documents.quoted(files.get("trajectory.json")), file));
    }
}
