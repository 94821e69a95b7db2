package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents write and endpoints count may be as odd as it likes: it ends no run, and no rollout but its own. */
class HostileAgentTest {

    private static final List<String> COMMANDS = List.of(
            "cp " + "-a ".repeat(1_300) + "a.txt answer.txt",
            "git show " + "--stat ".repeat(20_000) + "origin/main",
            "printf '\\n%.0s' $(seq 40000); printf '1 skipped, %.0s' $(seq 700)",
            ": " + "'".repeat(3_000),
            ": {" + "(".repeat(3_000),
            "printf 'SKIPPED [99999999999999] a\\n= short test summary info =\\n'",
            "cat > x.py <<'EOF'\nx = " + "(".repeat(5_000) + ")".repeat(5_000) + "\nEOF\ntrue");

    @TempDir
    Path folder;

    @Test
    void everyRolloutEndsInItsOwnWay() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = EndpointExperiment.against(
                    server,
                    folder,
                    1,
                    List.of(),
                    "agent: {step_limit: 20}",
                    "scaling: {rollouts: 2, iterations: 1, votes: 1, representation: trace}");
            Path out = folder.resolve("out");
            RunEndToEndTest.Outcome outcome = experiment.run(out);

            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM failures")).isZero();
            assertThat(query.number("SELECT count(*) FROM rollouts WHERE outcome = 'submitted'"))
                    .isEqualTo(2);
            assertThat(query.number("SELECT min(step_count) FROM rollouts")).isEqualTo(COMMANDS.size() + 1);
            assertThat(query.number("SELECT count(*) FROM rollouts, unnest(steps) AS t(s) WHERE s.usage_estimated"))
                    .isEqualTo(2 * (COMMANDS.size() + 1));
            assertThat(query.number("SELECT count(*) FROM rollouts WHERE cost_usd < 0 OR cost_usd > 1"))
                    .isZero();
        }
    }

    private Behaviour behave(int call, Request request) throws IOException {
        String body = request.body();
        int steps = body.split("\"assistant\"", -1).length - 1;
        if (body.contains("<vote>NUMBER</vote>")) {
            return EndpointExperiment.completion("<vote>1</vote>");
        }
        String command = steps < COMMANDS.size() ? COMMANDS.get(steps) : "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT";
        String usage = steps % 2 == 0 ? "9223372036854775807" : "-9223372036854775807";
        return Behaviour.ok(EndpointExperiment.json("THOUGHT: on.\n\n```mswea_bash_command\n" + command + "\n```", true)
                .replaceAll("_tokens\":\\d+", "_tokens\":" + usage));
    }
}
