package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.FinishedRun;
import dev.agon.pipelines.RunEndToEndTest;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Selection;
import dev.agon.trajectory.MiniSweAgentFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `agon export` over the tables of a small run. */
class ExportCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temporary;

    private Path run;

    @BeforeEach
    void aFinishedRun() throws Exception {
        run = FinishedRun.small(Files.createDirectory(temporary.resolve("run"))).write();
    }

    @Test
    void eachStageHandsInItsOwnRollout() throws Exception {
        assertThat(patches("first")).containsExactly("a0", "b0");
        assertThat(patches("selected")).containsExactly("a0", "b1");
        assertThat(patches("final")).containsExactly("a1", "b0");
    }

    @Test
    void predictionsCarryTheirStageInTheirName() throws Exception {
        assertThat(names("final")).containsOnly("agon-small/local/tiny");
        assertThat(names("selected")).containsOnly("agon-small.selected/local/tiny");
        assertThat(names("first")).containsOnly("agon-small.first/local/tiny");
    }

    @Test
    void predictionsAsOneObjectAreByInstance() throws Exception {
        Path file = temporary.resolve("preds.json");
        Outcome outcome = export("predictions", "--format", "json", "--out", file.toString());

        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        JsonNode predictions = JSON.readTree(file.toFile());
        assertThat(predictions.size()).isEqualTo(2);
        assertThat(predictions.path("a").path("model_patch").textValue())
                .as("git takes no patch whose last line does not end")
                .isEqualTo("a1\n");
        assertAccepted(List.copyOf(predictions.findParents("instance_id")));
    }

    @Test
    void predictionsKeepToTheHarnesssRules() throws Exception {
        FinishedRun awkward = new FinishedRun(Files.createDirectory(temporary.resolve("awkward")));
        awkward.rollouts.add(FinishedRun.rollout("nothing", 0, ""));
        awkward.rollouts.add(FinishedRun.rollout("odd", 0, "+ \u0000 \"\\ \u2028 \ud83d\ude00\r\n"));
        awkward.selections.add(new Selection("nothing", 0, "final", 1, "nothing/0/0"));
        awkward.selections.add(new Selection("odd", 0, "final", 1, "odd/0/0"));
        run = awkward.write();

        List<JsonNode> predictions = predictions("final");

        assertThat(predictions).hasSize(2);
        assertAccepted(predictions);
        assertThat(predictions.get(1).path("model_patch").textValue())
                .isEqualTo("+ \u0000 \"\\ \u2028 \ud83d\ude00\r\n");
    }

    @Test
    void aStageWithoutRolloutsIsBadInput() throws Exception {
        FinishedRun empty = new FinishedRun(Files.createDirectory(temporary.resolve("empty")));
        empty.rollouts.add(FinishedRun.rollout("a", 0, "x"));
        run = empty.write();

        Outcome outcome = export("predictions", "--stage", "selected");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text()).contains("has no rollout of the stage `selected`: choose another with --stage");
    }

    @Test
    void rolloutsBecomeTrajectoriesOfMiniSweAgentAFileEach() throws Exception {
        Path out = temporary.resolve("trajectories");
        Outcome outcome = export(
                "trajectories", "--format", "mini-swe-agent", "--rollout", "a/0/1,b/0/0", "--out", out.toString());

        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(out.toFile().list()).containsExactlyInAnyOrder("a.0.1.traj.json", "b.0.0.traj.json");
        JsonNode document = JSON.readTree(out.resolve("a.0.1.traj.json").toFile());
        assertThat(new MiniSweAgentFormat().recognises(document)).isTrue();
        assertThat(document.path("instance_id").textValue()).isEqualTo("a");
        assertThat(document.path("info").path("submission").textValue()).isEqualTo("a1");
    }

    @Test
    void aHarborResultHasTheGradeAndWhatWasUsed() throws Exception {
        Path out = temporary.resolve("harbor");
        Outcome outcome = export("trajectories", "--format", "harbor", "--out", out.toString());

        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        JsonNode graded = JSON.readTree(out.resolve("a.0.0/result.json").toFile());
        JsonNode ungraded = JSON.readTree(out.resolve("a.0.1/result.json").toFile());
        assertThat(graded.at("/verifier_result/rewards/reward").doubleValue()).isZero();
        assertThat(graded.at("/verifier_result/rewards").size()).isOne();
        assertThat(ungraded.path("verifier_result").isNull()).isTrue();
        assertThat(graded.path("task_name").textValue()).isEqualTo("a");
        assertThat(graded.path("trial_name").textValue()).isEqualTo("trial-0");
        assertThat(graded.at("/agent_info/name").textValue()).isEqualTo("agon");
        assertThat(graded.at("/agent_info/model_info/provider").textValue()).isEqualTo("local");
        assertThat(graded.at("/agent_result/n_input_tokens").longValue()).isEqualTo(100);
        assertThat(graded.at("/agent_result/cost_usd").doubleValue()).isEqualTo(0.25);
        assertThat(graded.path("exception_info").isNull()).isTrue();
        assertThat(graded.path("started_at").textValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(graded.path("finished_at").textValue()).isEqualTo("2026-01-02T03:04:06.500Z");
    }

    @Test
    void anAttemptThatRanOutHasItsReasonAsException() {
        Rollout rollout = FinishedRun.rollout("a", 0, "");
        rollout.setOutcome("step_limit");
        rollout.setExitStatus("LimitsExceeded");

        JsonNode result = HarborResult.of(rollout, Optional.empty());

        assertThat(result.at("/exception_info/exception_type").textValue()).isEqualTo("LimitsExceeded");
    }

    @Test
    void anUnknownRolloutOrFormatIsBadInput() {
        Outcome rollout = export("trajectories", "--format", "harbor", "--rollout", "c/0/0", "--out", "x");
        Outcome format = export("trajectories", "--format", "yaml", "--out", "x");

        assertThat(rollout.exitCode()).isEqualTo(2);
        assertThat(rollout.text()).contains("has no rollout c/0/0: its rollouts are named like a/0/0");
        assertThat(format.exitCode()).isEqualTo(2);
        assertThat(format.text()).contains("--format yaml is not known: give one of mini-swe-agent");
    }

    /** What swebench.harness asks of a file of predictions. */
    private static void assertAccepted(List<JsonNode> predictions) {
        Set<String> instances = new HashSet<>();
        for (JsonNode prediction : predictions) {
            assertThat(prediction.isObject()).isTrue();
            assertThat(prediction.path("instance_id").textValue()).isNotEmpty();
            assertThat(prediction.path("model_name_or_path").textValue()).isNotEmpty();
            assertThat(prediction.path("model_patch").isTextual()).isTrue();
            assertThat(instances.add(prediction.path("instance_id").textValue()))
                    .isTrue();
        }
    }

    private List<String> patches(String stage) throws Exception {
        return predictions(stage).stream()
                .map(p -> p.path("model_patch").textValue().strip())
                .toList();
    }

    private List<String> names(String stage) throws Exception {
        return predictions(stage).stream()
                .map(p -> p.path("model_name_or_path").textValue())
                .toList();
    }

    private List<JsonNode> predictions(String stage) throws Exception {
        Path file = temporary.resolve(stage + ".jsonl");
        Outcome outcome = export("predictions", "--stage", stage, "--out", file.toString());
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        List<JsonNode> predictions = new ArrayList<>();
        for (String line : Files.readString(file).split("\n")) {
            predictions.add(JSON.readTree(line));
        }
        return predictions;
    }

    private Outcome export(String what, String... options) {
        List<String> arguments = new ArrayList<>(List.of("export", what, run.toString()));
        arguments.addAll(List.of(options));
        return RunEndToEndTest.execute(arguments.toArray(String[]::new));
    }
}
