package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.model.http.ScriptedServer;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.prompts.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every prompt of a user's reaches the model in the place of the shipped one, and is in {@code run.json}. */
class OwnPromptsTest {

    @TempDir
    Path folder;

    @Test
    void everyPromptCanBeReplaced() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        List<String> arguments = new ArrayList<>();
        for (Prompt prompt : Prompt.values()) {
            Path file = Files.writeString(
                    folder.resolve(prompt.id() + ".jinja"),
                    Prompt.shipped(prompt).source() + " OWN " + prompt.id() + ".");
            arguments.addAll(List.of("--set", "prompts." + prompt.id() + "=" + file));
        }
        try (ScriptedServer server = new ScriptedServer((call, request) -> {
            asked.add(request.body());
            try {
                // Long enough for parts.
                return EndpointExperiment.completion(
                        EndpointExperiment.text(request.body()).replace("THOUGHT: on.", "THOUGHT: on. ".repeat(200)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        })) {
            EndpointExperiment experiment = new EndpointExperiment(
                    folder,
                    2,
                    List.of(
                            "provider: openai",
                            "name: scripted",
                            "base_url: " + server.baseUrl(),
                            "window_tokens: 6144"),
                    "scaling: {rollouts: 4, iterations: 2, context_size: 2, votes: 2, change: none}");
            Path out = folder.resolve("out");
            Outcome outcome = RunEndToEndTest.execute(
                    experiment.arguments(out, arguments.toArray(String[]::new)).toArray(String[]::new));
            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            JsonNode prompts = new ObjectMapper()
                    .readTree(out.resolve("run.json").toFile())
                    .path("prompts");
            for (Prompt prompt : Prompt.values()) {
                String mark = "OWN " + prompt.id() + ".";
                assertThat(asked).as(mark).anyMatch(body -> body.contains(mark));
                assertThat(prompts.path(prompt.id()).asText()).endsWith(mark);
            }
            assertThat(prompts.path("agent.config").asText()).contains("system_template");
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM summaries WHERE change <> '' AND text NOT LIKE '%Change%'"))
                    .isEqualTo(query.number("SELECT count(*) FROM summaries"))
                    .isEqualTo(16);
        }
    }
}
