package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in which everything failed says why, and is not done. */
class FailedRunTest {

    @TempDir
    Path folder;

    @Test
    void aRunInWhichEverythingFailedIsPartialAndSaysWhy() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer((call, request) -> request.body().contains("assistant\"")
                        ? Behaviour.json(400, "{\"error\": {\"message\": \"no such letter\"}}")
                        : EndpointExperiment.answer(request.body()))) {
            EndpointExperiment experiment = EndpointExperiment.against(
                    server, folder, 1, List.of(), "scaling: {rollouts: 4, iterations: 1, votes: 2}");
            Path out = folder.resolve("out");
            Outcome outcome = experiment.run(out);
            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(1);
            assertThat(outcome.text())
                    .contains("4 elements failed. The most frequent reasons:", "4 x rollout, model:", "no such letter")
                    .contains("./agon failures " + out, "no task has a final winner");
            assertThat(out.resolve("run.json")).content().contains("\"status\" : \"partial\"");
            Outcome all = RunEndToEndTest.execute("failures", out.toString());
            assertThat(all.exitCode()).isZero();
            assertThat(all.text()).contains("4 x rollout, model:", "task-000/0/0", "task-000/0/3");
            assertThat(new RunQuery(out).number("SELECT sum(model_calls) FROM failures"))
                    .isPositive();
        }
    }
}
