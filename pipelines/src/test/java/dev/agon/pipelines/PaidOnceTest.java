package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed with {@code kill -9} at random moments and started again until it is done, against a server that counts:
 * in all it asks no more than an undisturbed run and what was in flight at each kill. The number of kills is the system property
 * {@code agon.kills}; {@code bench/kills} sets it.
 */
class PaidOnceTest {

    private static final int KILLS = Integer.getInteger("agon.kills", 4);
    private static final int IN_FLIGHT = 4;
    private static final int LATENCY_MS = 25;
    private static final int PATIENCE_S = 120;

    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void nothingIsPaidForTwiceHoweverOftenTheRunIsKilled() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = EndpointExperiment.against(
                    server,
                    folder,
                    8,
                    List.of(),
                    "scaling: {rollouts: 6, iterations: 2, context_size: 2, votes: 2}",
                    "concurrency: {rollouts: " + IN_FLIGHT + ", model_calls: " + IN_FLIGHT + "}");
            Path undisturbed = folder.resolve("undisturbed");
            Outcome outcome = experiment.run(undisturbed);
            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            int needed = asked.getAndSet(0);

            Path killed = folder.resolve("killed");
            Random moments = new Random(Long.getLong("agon.kills.seed", 1));
            for (int kill = 0; kill < KILLS; kill++) {
                // Some calls further on each time, so that the kills are spread over the whole run.
                int until = asked.get() + 1 + moments.nextInt(2 * needed / (KILLS + 1));
                Process run = experiment.start(killed, Map.of());
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
                while (run.isAlive() && asked.get() < until && System.nanoTime() < deadline) {
                    run.waitFor(1 + moments.nextInt(5), TimeUnit.MILLISECONDS);
                }
                run.destroyForcibly().waitFor();
            }
            Process last = experiment.start(killed, Map.of());
            assertThat(last.waitFor()).as(Files.readString(experiment.log())).isZero();

            int total = asked.get();
            System.out.printf(
                    "an undisturbed run asked %d times; killed %d times with %d calls in flight at most: %d times%n",
                    needed, KILLS, IN_FLIGHT, total);
            assertThat(total).isBetween(needed, needed + KILLS * IN_FLIGHT);
            assertThat(new RunQuery(killed).fingerprint()).isEqualTo(new RunQuery(undisturbed).fingerprint());

            asked.set(0);
            Outcome again = experiment.run(killed);
            assertThat(again.exitCode()).isZero();
            assertThat(asked).as("calls of a finished run that is repeated").hasValue(0);
        }
    }

    private Behaviour behave(int call, Request request) throws IOException {
        asked.incrementAndGet();
        return EndpointExperiment.answer(request.body()).after(LATENCY_MS);
    }
}
