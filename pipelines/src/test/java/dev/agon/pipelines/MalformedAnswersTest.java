package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Summarisers and judges whose answers are not what was asked for. */
class MalformedAnswersTest {

    private static final String SCALING = "scaling: {rollouts: 4, iterations: 1, votes: 4}";

    private final AtomicBoolean malformed = new AtomicBoolean(true);

    @TempDir
    Path folder;

    @Test
    void aTaskWhoseSummariesAreMalformedIsSelectedFromAndTheNextStartAsksAnew() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                (call, request) -> answer(request, malformed.get() ? "It went well." : null, null))) {
            EndpointExperiment experiment = EndpointExperiment.against(server, folder, 1, List.of(), SCALING);
            Path out = folder.resolve("out");
            Outcome first = experiment.run(out);
            assertThat(first.exitCode()).as(first.text()).isEqualTo(1);
            RunQuery query = new RunQuery(out);
            assertThat(query.texts(
                            "SELECT DISTINCT representation || ' ' || malformed_answers || ' ' || model_calls || ' '"
                                    + " || contains(text, 'echo looked') FROM summaries"))
                    .containsExactly("trace_fallback 3 3 true");
            assertThat(query.number("SELECT count(*) FROM summaries")).isEqualTo(4);
            assertThat(query.number("SELECT count(*) FROM selections WHERE stage = 'final'"))
                    .isEqualTo(1);
            assertThat(query.texts("SELECT step || ' ' || kind || ' ' || attempts || ' ' || detail FROM failures"))
                    .hasSize(4)
                    .containsOnly("summarize model 3 It went well.");

            malformed.set(false);
            Outcome second = experiment.run(out);
            assertThat(second.exitCode()).as(second.text()).isZero();
            assertThat(new RunQuery(out).number("SELECT count(*) FROM summaries WHERE representation = 'summary'"))
                    .isEqualTo(4);
            assertThat(new RunQuery(out).number("SELECT sum(model_calls_paid) FROM summaries"))
                    .as("one in five is malformed at first")
                    .isBetween(4L, 8L);
        }
    }

    @Test
    void aJudgeThatCannotBeReadStopsTheRun() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer((call, request) -> answer(request, null, "I like both of them."))) {
            EndpointExperiment experiment = EndpointExperiment.against(
                    server, folder, 8, List.of(), SCALING, "concurrency: {rollouts: 4, model_calls: 4}");
            Path out = folder.resolve("out");
            Outcome outcome = experiment.run(out);
            assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(3);
            assertThat(out.resolve("run.json"))
                    .content()
                    .contains("misconfigured", "openai/scripted is no judge: of 20 votes 20 cannot be read");
            assertThat(new RunQuery(out).number("SELECT count(*) FROM votes WHERE valid"))
                    .isZero();
            assertThat(outcome.text()).contains("invalid");
        }
    }

    /** As the coder that never errs, but for summaries and votes that are given. */
    private Behaviour answer(Request request, String summary, String vote) {
        try {
            String body = request.body();
            boolean judges = body.contains("<vote>NUMBER</vote>");
            if (judges && vote != null) {
                return EndpointExperiment.completion(vote);
            }
            if (!judges && body.contains("failure_modes") && summary != null) {
                return EndpointExperiment.completion(summary);
            }
            return EndpointExperiment.answer(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
