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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two launchers that start at the same moment with one journal: one runs, the other is refused, and nothing is bought twice. */
class JournalRaceTest {

    private static final int PATIENCE_S = 300;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch refused = new CountDownLatch(1);

    @TempDir
    Path folder;

    /** No answer comes before one of the two has ended: both would wait for it if both ran. */
    @Test
    void oneOfTwoLaunchersRunsAndTheOtherIsRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            List<EndpointExperiment> experiments = new ArrayList<>();
            List<Process> runs = new ArrayList<>();
            for (int launcher = 0; launcher < 2; launcher++) {
                experiments.add(EndpointExperiment.against(
                        server,
                        folder.resolve("launcher-" + launcher),
                        2,
                        List.of(),
                        "journal: " + folder.resolve("journal"),
                        "scaling: {rollouts: 2, iterations: 1, votes: 2, representation: trace}"));
            }
            for (int launcher = 0; launcher < 2; launcher++) {
                runs.add(experiments.get(launcher).start(out(launcher), Map.of()));
            }
            CompletableFuture.anyOf(runs.get(0).onExit(), runs.get(1).onExit()).get(PATIENCE_S, TimeUnit.SECONDS);
            int loser = runs.get(0).isAlive() ? 1 : 0;
            int winner = 1 - loser;
            refused.countDown();
            String message = Files.readString(experiments.get(loser).log());
            assertThat(runs.get(loser).exitValue()).as(message).isEqualTo(2);
            assertThat(message)
                    .contains(
                            "journal", "endpoint", "process " + runs.get(winner).pid());
            assertThat(out(loser)).doesNotExist();
            assertThat(runs.get(winner).waitFor())
                    .as(Files.readString(experiments.get(winner).log()))
                    .isZero();
            RunQuery query = new RunQuery(out(winner));
            assertThat(query.number("SELECT (SELECT sum(model_calls_paid) FROM rollouts)"
                            + " + (SELECT sum(model_calls_paid) FROM votes)"))
                    .isEqualTo(asked.getAndSet(0));

            // What the one has bought, the other finds.
            assertThat(experiments.get(loser).run(out(loser)).exitCode()).isZero();
            assertThat(asked).hasValue(0);
            assertThat(new RunQuery(out(loser)).fingerprint()).isEqualTo(query.fingerprint());
        }
    }

    private Path out(int launcher) {
        return folder.resolve("out-" + launcher);
    }

    private Behaviour behave(int call, Request request) throws IOException {
        asked.incrementAndGet();
        return EndpointExperiment.answer(request.body()).after(refused);
    }
}
