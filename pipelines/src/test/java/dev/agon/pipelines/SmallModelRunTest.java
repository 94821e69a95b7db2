package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run whose summariser and judge are a real, if small, language model. */
class SmallModelRunTest {

    @TempDir
    Path folder;

    @Test
    void withSchemasEverySummaryAndEveryVoteIsValidAndASecondRunBuysNothing() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        try (SmallModel model = SmallModel.start(folder)) {
            Path config = Files.write(
                    folder.resolve("small-model.yaml"),
                    List.of(
                            "name: small-model",
                            "seed: 1",
                            "tasks:",
                            "  format: agon",
                            "  path: "
                                    + Path.of("../run-configs/demo-tasks")
                                            .toAbsolutePath()
                                            .normalize(),
                            "  ids: [count-errors]",
                            "agent: {step_limit: 8}",
                            "model: {provider: repair}",
                            "roles:",
                            "  summarizer: {provider: openai, name: smollm2, base_url: " + model.baseUrl()
                                    + ", max_tokens: 64}",
                            "  judge: {provider: openai, name: smollm2, base_url: " + model.baseUrl()
                                    + ", max_tokens: 64}",
                            "scaling: {rollouts: 2, iterations: 1, votes: 2}",
                            "concurrency: {rollouts: 2, model_calls: 2}"));
            Path out = folder.resolve("out");
            Outcome first = RunEndToEndTest.execute("run", config.toString(), "--out", out.toString());
            assertThat(first.exitCode()).as(first.text()).isZero();
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM failures")).isZero();
            assertThat(query.texts("SELECT DISTINCT representation FROM summaries"))
                    .containsExactly("summary");
            assertThat(query.number("SELECT count(*) FROM summaries")).isEqualTo(2);
            assertThat(query.texts("SELECT DISTINCT CAST(valid AS VARCHAR) FROM votes"))
                    .containsExactly("true");
            // What the model says, and so what is cut at 64 tokens, differs between processors. Without schemas, most
            // is malformed.
            assertThat(query.number("SELECT sum(malformed_answers) FROM (SELECT malformed_answers FROM summaries"
                            + " UNION ALL SELECT malformed_answers FROM votes)"))
                    .isLessThanOrEqualTo(1);
            assertThat(query.number("SELECT count(*) FROM (SELECT input_tokens, output_tokens FROM summaries"
                            + " UNION ALL SELECT input_tokens, output_tokens FROM votes)"
                            + " WHERE input_tokens < 100 OR output_tokens NOT BETWEEN 5 AND 128"))
                    .isZero();
            String tables = query.fingerprint();

            Outcome second = RunEndToEndTest.execute("run", config.toString(), "--out", out.toString());
            assertThat(second.exitCode()).as(second.text()).isZero();
            assertThat(out.resolve("run.json")).content().contains("\"model_calls_paid\" : 0,");
            assertThat(new RunQuery(out).fingerprint()).isEqualTo(tables);
        }
    }
}
