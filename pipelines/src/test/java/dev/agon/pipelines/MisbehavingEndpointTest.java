package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand rollouts against a server of which every fifth response is a fault of some kind. */
class MisbehavingEndpointTest {

    private static final int TASKS = 125;
    private static final int ROLLOUTS = 8;

    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger withoutUsage = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void noRolloutIsLostOrScoredForTheServersFaultsAndEveryAnswerIsCountedOnce() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = EndpointExperiment.against(
                    server,
                    folder,
                    TASKS,
                    List.of("read_timeout_s: 1.5"),
                    "scaling: {rollouts: " + ROLLOUTS + ", iterations: 1, votes: 1, representation: trace}",
                    "concurrency: {rollouts: 16, model_calls: 16}");
            Path out = folder.resolve("out");
            Outcome outcome = experiment.run(out);

            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            assertThat(faults.get()).isGreaterThan(answers.get() / 5);
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM rollouts")).isEqualTo(TASKS * ROLLOUTS);
            assertThat(query.number("SELECT count(*) FROM rollouts WHERE outcome <> 'submitted' OR step_count <> 3"))
                    .isZero();
            assertThat(query.number("SELECT count(*) FROM failures")).isZero();
            assertThat(query.number("SELECT count(*) FROM grades JOIN rollouts USING (rollout_id)"
                            + " WHERE resolved <> contains(submission, 'even')"))
                    .isZero();
            assertThat(query.number("SELECT count(*) FROM grades WHERE resolved"))
                    .isPositive();
            long calls = query.number("SELECT (SELECT sum(model_calls_paid) FROM rollouts)"
                    + " + (SELECT sum(model_calls_paid) FROM votes)");
            assertThat(calls).isEqualTo(answers.get());
            assertThat(out.resolve("run.json"))
                    .content()
                    .contains("\"model_calls\" : " + calls, "\"model_calls_paid\" : " + calls);
            assertThat(query.number("SELECT count(*) FROM rollouts, unnest(steps) AS t(s) WHERE s.usage_estimated"))
                    .isPositive()
                    .isLessThanOrEqualTo(withoutUsage.get());
            assertThat(Files.list(folder.resolve("out.journal/rollouts")).count())
                    .isEqualTo(TASKS);
            assertThat(folder.resolve("out.journal/steps"))
                    .as("steps of finished rollouts")
                    .doesNotExist();
        }
    }

    private Behaviour behave(int call, Request request) throws IOException {
        if (call % 5 != 4) {
            answers.incrementAndGet();
            return EndpointExperiment.answer(request.body());
        }
        faults.incrementAndGet();
        String good = EndpointExperiment.json(EndpointExperiment.text(request.body()), true);
        return switch (call / 5 % 11) {
            case 0 -> Behaviour.json(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After: 1");
            case 1 ->
                Behaviour.json(
                        429,
                        "{\"error\":{\"message\":\"slow down\"}}",
                        "Retry-After: "
                                + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1)));
            case 2 -> Behaviour.json(500, "{\"error\":{\"message\":\"oops\"}}");
            case 3 -> Behaviour.response(503, "text/plain", "overloaded");
            case 4 -> Behaviour.resetInMidBody();
            case 5 -> Behaviour.json(200, good.substring(0, good.length() / 2));
            case 6 -> Behaviour.silence();
            case 7 -> Behaviour.response(200, "text/html", "<html><body>Please sign in</body></html>");
            case 8 -> Behaviour.reset();
            case 9 -> {
                answers.incrementAndGet();
                yield Behaviour.response(200, "text/plain", good);
            }
            default -> {
                answers.incrementAndGet();
                withoutUsage.incrementAndGet();
                yield Behaviour.ok(EndpointExperiment.json(EndpointExperiment.text(request.body()), false));
            }
        };
    }
}
