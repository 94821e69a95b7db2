package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.schemas.Rollout;
import dev.agon.trajectory.AtifRules;
import dev.agon.trajectory.MiniSweAgentFormat;
import dev.agon.trajectory.SharedData;
import dev.agon.trajectory.TrajectoryFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 20 real attempts at SWE-bench tasks as a run: out as predictions and trajectories, and the harness's reports back in. */
class SweBenchSamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temporary;

    @Test
    void predictionsGoOutAndReportsComeIn() throws Exception {
        FinishedRun run = new FinishedRun(Files.createDirectory(temporary.resolve("run")));
        Map<String, JsonNode> documents = new TreeMap<>();
        for (Map.Entry<String, byte[]> file :
                SharedData.unpacked("swebench-mini-swe-agent-v1-sample.tar.gz").entrySet()) {
            if (file.getKey().endsWith(".traj.json")) {
                JsonNode document = JSON.readTree(file.getValue());
                Rollout rollout = new MiniSweAgentFormat()
                        .read(document, new Alone(file.getKey()))
                        .get(0)
                        .rollout();
                rollout.setRolloutId(rollout.getTaskId() + "/0/0");
                documents.put(rollout.getTaskId(), document);
                run.rollouts.add(rollout);
            } else if (file.getKey().endsWith("report.json")) {
                Path report = temporary.resolve(file.getKey());
                Files.createDirectories(report.getParent());
                Files.write(report, file.getValue());
            }
        }
        String folder = run.write().toString();

        Path predictions = temporary.resolve("first.jsonl");
        assertThat(execute("export", "predictions", folder, "--stage", "first", "--out", predictions.toString()))
                .contains("20 predictions of the stage first");
        List<String> lines = Files.readAllLines(predictions);
        assertThat(lines).hasSize(20);
        for (String line : lines) {
            JsonNode prediction = JSON.readTree(line);
            JsonNode document = documents.get(prediction.path("instance_id").textValue());
            assertThat(prediction.path("model_name_or_path").textValue())
                    .isEqualTo("agon-small.first/google/gemini-3-pro-preview");
            assertThat(prediction.path("model_patch")).isEqualTo(document.at("/info/submission"));
        }

        Path trajectories = temporary.resolve("trajectories");
        execute("export", "trajectories", folder, "--format", "mini-swe-agent", "--out", trajectories.toString());
        for (String task : documents.keySet()) {
            assertThat(JSON.readTree(trajectories
                                    .resolve(task + ".0.0.traj.json")
                                    .toFile())
                            .equals(documents.get(task)))
                    .as(task)
                    .isTrue();
        }

        Path atif = temporary.resolve("atif");
        execute("export", "trajectories", folder, "--format", "atif", "--out", atif.toString());
        for (String task : documents.keySet()) {
            JsonNode document = JSON.readTree(
                    atif.resolve(task).resolve(task + ".0.0.atif.json").toFile());
            assertThat(AtifRules.broken(document)).as(task).isEmpty();
            assertThat(document.at("/final_metrics/total_cost_usd").doubleValue())
                    .as(task)
                    .isEqualTo(documents
                            .get(task)
                            .at("/info/model_stats/instance_cost")
                            .doubleValue());
        }

        assertThat(execute("grades", "import", folder, "--stage", "first", temporary.toString()))
                .contains("20 grades imported, 16 of them resolved.");
        assertThat(new RunQuery(Path.of(folder)).texts("SELECT task_id FROM grades WHERE NOT resolved ORDER BY 1"))
                .containsExactly(
                        "django__django-11477",
                        "pylint-dev__pylint-6528",
                        "scikit-learn__scikit-learn-25747",
                        "sympy__sympy-20428");
    }

    private static String execute(String... arguments) {
        Outcome outcome = RunEndToEndTest.execute(arguments);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        return outcome.text();
    }

    private record Alone(String path) implements TrajectoryFile {

        @Override
        public byte[] near(String reference) throws IOException {
            throw new FileNotFoundException(reference);
        }
    }
}
