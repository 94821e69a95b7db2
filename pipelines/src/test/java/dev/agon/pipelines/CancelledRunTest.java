package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C: agents, commands and calls end within seconds, the tables hold what there is, and the next start goes on. */
class CancelledRunTest {

    private static final int PATIENCE_S = 120;

    /** Calls in flight get three seconds, tables and report take the rest. */
    private static final int SECONDS_TO_END = 30;

    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean slow = new AtomicBoolean(true);
    private final CountDownLatch released = new CountDownLatch(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--runner=DirectRunner", "--runner=FlinkRunner"})
    void aRunThatIsCancelledEndsWithinSecondsAndGoesOnLater(String runner) throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = experiment(server);
            Path out = folder.resolve("out");
            Process run = experiment.start(out, Map.of(), runner);
            // Agents wait for answers that will not come.
            await(run, experiment, () -> waiting.get() >= 3 && Files.exists(folder.resolve("out.journal/steps")));
            run.destroy(); // SIGTERM, which does what Ctrl-C does
            boolean ended = run.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            run.destroyForcibly();
            assertThat(ended).as(Files.readString(experiment.log())).isTrue();
            assertThat(run.exitValue()).as(Files.readString(experiment.log())).isEqualTo(3);
            assertThat(Files.readString(experiment.log()))
                    .contains("stopping: what is in flight ends within seconds")
                    .contains("it was cancelled by SIGTERM. Run again to go on from here");
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT (SELECT count(*) FROM rollouts) + (SELECT count(*) FROM failures"
                            + " WHERE step = 'rollout' AND kind = 'stopped')"))
                    .as("every slot is there")
                    .isEqualTo(8);
            assertThat(query.number("SELECT count(*) FROM failures WHERE kind <> 'stopped'"))
                    .isZero();
            assertThat(out.resolve("run.json")).content().contains("\"status\" : \"partial\"", "\"cancelled\"");

            slow.set(false);
            released.countDown();
            int bought = answers.get();
            Process again = experiment.start(out, Map.of(), runner);
            assertThat(again.waitFor()).as(Files.readString(experiment.log())).isZero();
            Path undisturbed = folder.resolve("undisturbed");
            int all = answers.get();
            assertThat(bought).isPositive();
            Process whole = experiment.start(undisturbed, Map.of());
            assertThat(whole.waitFor()).as(Files.readString(experiment.log())).isZero();
            assertThat(answers.get() - all).as("calls of an undisturbed run").isEqualTo(all);
            assertThat(new RunQuery(out).fingerprint()).isEqualTo(new RunQuery(undisturbed).fingerprint());
        }
    }

    /** A terminal sends Ctrl-C to all processes of its group, so that those of sandboxes must be in another. */
    @ParameterizedTest
    @ValueSource(strings = {"namespace", "host"})
    void ctrlCInATerminalStopsSlotsAndFailsNone(String sandbox) throws Exception {
        AtomicInteger commands = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((call, request) -> {
            if (request.body().contains("\"role\":\"assistant\"")) {
                commands.incrementAndGet();
                return EndpointExperiment.completion("```mswea_bash_command\nsleep 250\n```");
            }
            return EndpointExperiment.answer(request.body());
        })) {
            EndpointExperiment experiment = experiment(server, "sandbox: {kind: " + sandbox + "}");
            Path out = folder.resolve("out");
            Process run = experiment.startGroup(out);
            await(run, experiment, () -> commands.get() >= 4);
            new ProcessBuilder("kill", "-INT", "--", "-" + run.pid()).start().waitFor();
            assertThat(run.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)).isTrue();
            String log = Files.readString(experiment.log());
            assertThat(run.exitValue()).as(log).isEqualTo(3);
            assertThat(log).contains("it was cancelled by SIGINT", "failures 0").doesNotContain("elements failed");
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM failures WHERE kind = 'stopped' AND step = 'rollout'"))
                    .as(log)
                    .isEqualTo(8);
            assertThat(query.number("SELECT count(*) FROM failures WHERE kind <> 'stopped'"
                            + " OR message LIKE '%sandbox failed%'"))
                    .as("sandboxes that the signal reached")
                    .isZero();
        }
    }

    @Test
    void aSecondSignalEndsAtOnce() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = experiment(server);
            Process run = experiment.start(folder.resolve("out"), Map.of());
            await(run, experiment, () -> waiting.get() >= 3);
            run.destroy();
            await(run, experiment, () -> Files.readString(experiment.log()).contains("stopping"));
            new ProcessBuilder("kill", "-TERM", Long.toString(run.pid()))
                    .start()
                    .waitFor();
            assertThat(run.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(128 + 15);
            released.countDown();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Process run, EndpointExperiment experiment, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!condition.holds()) {
            assertThat(run.isAlive() && System.nanoTime() < deadline)
                    .as("the run came to an end, or took too long: %s", Files.readString(experiment.log()))
                    .isTrue();
            run.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private EndpointExperiment experiment(ScriptedServer server, String... more) throws IOException {
        List<String> sections = new ArrayList<>(List.of(
                "scaling: {rollouts: 4, iterations: 1, votes: 2}",
                "agent: {command_timeout_s: 300}",
                "concurrency: {rollouts: 4, model_calls: 4}"));
        sections.addAll(List.of(more));
        return EndpointExperiment.against(server, folder, 2, List.of(), sections.toArray(String[]::new));
    }

    /** While it is slow, second questions get no answer. */
    private Behaviour behave(int call, Request request) throws IOException {
        String body = request.body();
        boolean second = body.contains("\"role\":\"assistant\"");
        if (slow.get() && second) {
            waiting.incrementAndGet();
            return EndpointExperiment.answer(body).after(released);
        }
        answers.incrementAndGet();
        return EndpointExperiment.answer(body);
    }
}
