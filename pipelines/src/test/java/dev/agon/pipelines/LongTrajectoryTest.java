package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.trajectory.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trajectory of more than 500 steps and 2 MB, made of real ones, is summarised in parts; each part is bought once. */
class LongTrajectoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STEPS = 500;
    private static final int CHARACTERS = 2_000_000;
    private static final Pattern STEP = Pattern.compile("=== Step (\\d+): agent");

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mayAnswer = new AtomicInteger(5);

    @TempDir
    Path folder;

    @Test
    void allStepsAreSeenAndARestartBuysNothingAgain() throws Exception {
        int steps = writeTrajectory(Files.createDirectories(folder.resolve("corpus/long")));
        try (ScriptedServer server = new ScriptedServer(this::answer)) {
            Files.write(
                    folder.resolve("replay.yaml"),
                    List.of(
                            "name: long",
                            "replay: {path: corpus}",
                            "model: {provider: openai, name: scripted, base_url: '" + server.baseUrl() + "'}"));
            Path out = folder.resolve("out");
            Outcome stopped = replay(out);
            assertThat(stopped.exitCode()).as(stopped.text()).isEqualTo(3);
            assertThat(answered).hasSize(5);

            mayAnswer.set(Integer.MAX_VALUE);
            Outcome outcome = replay(out);
            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT step_count FROM rollouts")).isEqualTo(steps);
            assertThat(query.number("SELECT steps_seen FROM summaries")).isEqualTo(steps);
            long parts = query.number("SELECT parts FROM summaries");
            assertThat(parts).isGreaterThan(20);
            assertThat(query.number("SELECT model_calls FROM summaries")).isEqualTo(answered.size());
            assertThat(query.number("SELECT model_calls_paid FROM summaries")).isEqualTo(answered.size() - 5);
            assertThat(answered).doesNotHaveDuplicates();
            assertThat(answered.stream()
                            .flatMap(body -> STEP.matcher(body).results())
                            .map(match -> Integer.valueOf(match.group(1)))
                            .distinct())
                    .hasSize(steps);
            System.out.printf(
                    "a trajectory of %d steps: %d parts, %d calls, the longest of %d characters%n",
                    steps,
                    parts,
                    answered.size(),
                    answered.stream().mapToInt(String::length).max().orElseThrow());

            int bought = answered.size();
            assertThat(replay(out).exitCode()).isZero();
            assertThat(answered)
                    .as("calls of a finished replay that is repeated")
                    .hasSize(bought);
        }
    }

    /** After some answers, the key is wrong: the run stops. */
    private Behaviour answer(int call, Request request) {
        if (answered.size() >= mayAnswer.get()) {
            return Behaviour.json(401, "{\"error\": {\"message\": \"no such key\"}}");
        }
        answered.add(request.body());
        try {
            return request.body().contains("as one JSON object")
                    ? EndpointExperiment.answer(request.body())
                    : EndpointExperiment.completion("The agent looked at files and ran its checks.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome replay(Path out) {
        return RunEndToEndTest.execute("replay", folder.resolve("replay.yaml").toString(), "--out", out.toString());
    }

    /** The steps of real trajectories one after the other, as one. */
    private static int writeTrajectory(Path task) throws IOException {
        ObjectNode whole = null;
        ArrayNode steps = null;
        for (Map.Entry<String, byte[]> file :
                SharedData.unpacked("tb21-mini-swe-agent-dev.tar.gz").entrySet()) {
            ObjectNode each = (ObjectNode) JSON.readTree(file.getValue());
            if (whole == null) {
                whole = each;
                steps = (ArrayNode) each.at("/trajectory/steps");
            } else {
                for (JsonNode step : each.at("/trajectory/steps")) {
                    if (step.path("source").asText().equals("agent")) {
                        steps.add(((ObjectNode) step).put("step_id", steps.size() + 1));
                    }
                }
            }
            if (steps.size() > STEPS && JSON.writeValueAsString(steps).length() > CHARACTERS) {
                break;
            }
        }
        Files.write(task.resolve("long.json"), JSON.writeValueAsBytes(whole));
        return steps.size() - 1; // the first one is the task
    }
}
