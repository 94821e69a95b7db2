package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.schemas.Ids;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped before their end: their tables hold what there is, and the next start goes on from there. */
class StoppedRunTest {

    private static final int IN_FLIGHT = 4;

    private final AtomicInteger answers = new AtomicInteger();
    private volatile BooleanSupplier refuses = () -> false;
    private volatile Behaviour refusal;
    private volatile String broken;

    @TempDir
    Path folder;

    @Test
    void aBudgetStopsTheRunAndAHigherOneFinishesItWithoutBuyingAnythingTwice() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = experiment(server);
            Path undisturbed = folder.resolve("undisturbed");
            assertThat(experiment.run(undisturbed).exitCode()).isZero();
            int all = answers.getAndSet(0);

            Path out = folder.resolve("out");
            Outcome stopped = experiment.run(out, "--set", "budget.usd=0.004");
            assertThat(stopped.exitCode()).as(stopped.text()).isEqualTo(3);
            assertThat(stopped.text()).contains("the budget of $0.004 is used up");
            // An answer costs $0.0002: twenty of them reach the budget, and those in flight then are bought too.
            assertThat(answers.get()).isBetween(20, 20 + IN_FLIGHT);
            assertThat(out.resolve("run.json"))
                    .content()
                    .contains("\"status\" : \"partial\"", "\"kind\" : \"budget\"", "\"model_calls_paid\" : " + answers);
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM rollouts WHERE outcome = 'submitted'"))
                    .isPositive();
            assertThat(query.number("SELECT (SELECT count(*) FROM rollouts WHERE iteration = 0)"
                            + " + (SELECT count(*) FROM failures WHERE step = 'rollout' AND kind = 'stopped'"
                            + " AND element_id LIKE '%/0/_')"))
                    .as("every slot is there")
                    .isEqualTo(4 * 4);
            assertThat(query.number("SELECT count(*) FROM failures WHERE kind <> 'stopped'"))
                    .isZero();
            assertThat(query.number("SELECT count(*) FROM grades JOIN rollouts USING (rollout_id)"
                            + " WHERE outcome = 'stopped'"))
                    .isZero();
            assertThat(out.resolve("report.html")).exists();

            int before = answers.get();
            assertThat(experiment.run(out, "--set", "budget.usd=0.004").exitCode())
                    .isEqualTo(3);
            assertThat(answers).as("a budget is counted over all attempts").hasValue(before);

            Outcome finished = experiment.run(out, "--set", "budget.usd=5");
            assertThat(finished.exitCode()).as(finished.text()).isZero();
            assertThat(answers).hasValue(all);
            assertThat(new RunQuery(out).fingerprint()).isEqualTo(new RunQuery(undisturbed).fingerprint());
        }
    }

    @Test
    void aKeyThatIsRefusedStopsTheRunWithOneMessage() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = experiment(server);
            refuses = () -> answers.get() >= 15;
            refusal = Behaviour.json(401, "{\"error\":{\"message\":\"Incorrect API key provided\"}}");
            Path out = folder.resolve("out");
            Outcome stopped = experiment.run(out);
            assertThat(stopped.exitCode()).as(stopped.text()).isEqualTo(3);
            assertThat(stopped.text().split("Incorrect API key provided", -1)).hasSize(2);
            assertThat(server.requests().size()).isLessThanOrEqualTo(15 + 2 * IN_FLIGHT);
            assertThat(out.resolve("run.json"))
                    .content()
                    .contains("\"status\" : \"partial\"", "\"kind\" : \"misconfigured\"");
            assertThat(new RunQuery(out).number("SELECT sum(model_calls_paid) FROM rollouts"))
                    .isEqualTo(answers.get());

            refuses = () -> false;
            assertThat(experiment.run(out).exitCode()).isZero();
            int all = answers.getAndSet(0);
            Path undisturbed = folder.resolve("undisturbed");
            assertThat(experiment.run(undisturbed).exitCode()).isZero();
            assertThat(answers).as("calls of an undisturbed run").hasValue(all);
            assertThat(new RunQuery(out).fingerprint()).isEqualTo(new RunQuery(undisturbed).fingerprint());
        }
    }

    @Test
    void anEndpointThatStaysDownIsAFailureOfInfrastructureWithItsEvidenceAndTheNextRunGoesOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = experiment(server);
            refuses = () -> answers.get() >= 21;
            refusal = Behaviour.json(500, "{\"error\":{\"message\":\"the model has crashed\"}}");
            Path out = folder.resolve("out");
            Outcome outcome = experiment.run(out, "--set", "scaling.iterations=1", "--set", "model.retry_for_s=1");
            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(1);
            RunQuery query = new RunQuery(out);
            long lost = query.number("SELECT count(*) FROM failures WHERE step = 'rollout' AND kind = 'model'");
            assertThat(lost).isPositive();
            assertThat(query.number("SELECT count(*) FROM rollouts")).isEqualTo(16 - lost);
            assertThat(query.number("SELECT count(*) FROM failures WHERE step = 'rollout'"
                            + " AND detail LIKE '%the model has crashed%' AND attempts >= 1"))
                    .isEqualTo(lost);
            assertThat(query.number("SELECT CAST((SELECT sum(model_calls_paid) FROM rollouts)"
                            + " + (SELECT sum(model_calls_paid) FROM failures) AS BIGINT)"))
                    .as("what was paid for lost rollouts is in the tables")
                    .isEqualTo(answers.get());
            assertThat(out.resolve("run.json")).content().contains("\"model_calls_paid\" : " + answers);

            refuses = () -> false;
            assertThat(experiment.run(out, "--set", "scaling.iterations=1").exitCode())
                    .isZero();
            int all = answers.getAndSet(0);
            Path undisturbed = folder.resolve("undisturbed");
            assertThat(experiment
                            .run(undisturbed, "--set", "scaling.iterations=1")
                            .exitCode())
                    .isZero();
            assertThat(answers).hasValue(all);
            assertThat(new RunQuery(out).fingerprint()).isEqualTo(new RunQuery(undisturbed).fingerprint());
        }
    }

    @Test
    void aSlotThatIsFilledLaterDoesNotBuyTheNextIterationAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = experiment(server);
            // The seed of one slot of iteration 0, whose questions are refused.
            long seed = Ids.seed(Ids.seed(3, "rollout", "task-000/0/1"), "step", 1);
            broken = "\"seed\":" + (Long.hashCode(seed) & Integer.MAX_VALUE);
            Path out = folder.resolve("out");
            Outcome first = experiment.run(out, "--set", "model.retry_for_s=0.5");
            assertThat(first.exitCode()).as(first.text()).isEqualTo(1);
            RunQuery query = new RunQuery(out);
            assertThat(query.texts("SELECT element_id FROM failures")).containsExactly("task-000/0/1");
            String contexts = query.fingerprint(Set.of(TableName.CONTEXTS));

            broken = null;
            Outcome second = experiment.run(out, "--set", "model.retry_for_s=0.5");
            assertThat(second.exitCode()).as(second.text()).isZero();
            assertThat(query.number("SELECT sum(model_calls_paid) FROM rollouts WHERE iteration = 0"))
                    .isEqualTo(3);
            assertThat(query.number("SELECT sum(model_calls_paid) FROM rollouts WHERE iteration = 1"))
                    .isZero();
            assertThat(query.fingerprint(Set.of(TableName.CONTEXTS))).isEqualTo(contexts);
        }
    }

    @Test
    void theProviderJournalMakesTheTablesOfAPartialRunAndBuysNothing() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = experiment(server);
            Path out = folder.resolve("out");
            assertThat(experiment.run(out, "--set", "budget.usd=0.004").exitCode())
                    .isEqualTo(3);
            int bought = answers.get();
            Path replayed = folder.resolve("replayed");
            Outcome outcome = experiment.run(
                    replayed, "--set", "model.provider=journal", "--set", "journal=" + folder.resolve("out.journal"));
            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(1);
            assertThat(replayed.resolve("run.json")).content().contains("\"status\" : \"partial\"");
            assertThat(answers).hasValue(bought);
            assertThat(new RunQuery(replayed).number("SELECT sum(model_calls) FROM rollouts"))
                    .isEqualTo(bought);
        }
    }

    private EndpointExperiment experiment(ScriptedServer server) throws IOException {
        return EndpointExperiment.against(
                server,
                folder,
                4,
                List.of(),
                "scaling: {rollouts: 4, iterations: 2, context_size: 2, votes: 2, representation: trace}",
                "concurrency: {rollouts: " + IN_FLIGHT + ", model_calls: " + IN_FLIGHT + "}");
    }

    private Behaviour behave(int call, Request request) throws IOException {
        synchronized (this) {
            if (refuses.getAsBoolean()) {
                return refusal;
            }
            if (broken != null && request.body().contains(broken)) {
                return Behaviour.json(503, "{\"error\":{\"message\":\"overloaded\"}}");
            }
            answers.incrementAndGet();
        }
        return EndpointExperiment.answer(request.body());
    }
}
