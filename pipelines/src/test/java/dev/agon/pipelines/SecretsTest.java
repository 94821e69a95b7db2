package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of an endpoint goes into the requests, and nowhere else, whatever agents and servers do. */
class SecretsTest {

    private static final String KEY = "sk-secret-4f1c9a7b2e";
    /** What an agent would do to find a key; the pattern does not match itself. */
    private static final String SEARCH =
            "env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\\\0' '\\\\n'; grep -rs 'sk-secre[t]' / --include='*' -l"
                    + " --exclude-dir=proc --exclude-dir=sys --exclude-dir=usr; echo searched";

    private final AtomicInteger withKey = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void aKeyIsInNoTableNoJournalNoLogNoSandboxAndNoMessage() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave)) {
            EndpointExperiment experiment = EndpointExperiment.against(
                    server,
                    folder,
                    2,
                    List.of("api_key_env: AGON_TEST_KEY", "retry_for_s: 1"),
                    "scaling: {rollouts: 2, iterations: 1, votes: 1}");
            Path out = folder.resolve("out");
            Process run = experiment.start(out, Map.of("AGON_TEST_KEY", KEY));
            assertThat(run.waitFor()).as(Files.readString(experiment.log())).isEqualTo(1);

            assertThat(withKey).as("requests that carried the key").hasPositiveValue();
            assertThat(failures).as("responses that echoed it").hasPositiveValue();
            RunQuery query = new RunQuery(out);
            assertThat(query.number("SELECT count(*) FROM rollouts, unnest(steps) AS t(s)"
                            + " WHERE s.observation LIKE '%searched%'"))
                    .as("agents that looked for it")
                    .isPositive();
            assertThat(query.number("SELECT count(*) FROM failures")).isPositive();
            assertThat(query.number("SELECT count(*) FROM rollouts, unnest(steps) AS t(s)"
                            + " WHERE contains(s.message, 'echo [secret removed] > key')"
                            + " AND s.reasoning = '[secret removed]' AND contains(s.provider_state, 'removed')"))
                    .as("good answers that repeated it")
                    .isPositive();
            for (String text : texts(query)) {
                assertThat(text).doesNotContain(KEY);
            }
            assertThat(filesWith(KEY)).isEmpty();
        }
    }

    @Test
    void aKeyInPlaceOfItsVariablesNameIsRefusedWithoutRepeatingIt() throws Exception {
        EndpointExperiment experiment =
                new EndpointExperiment(folder, 1, List.of("provider: openai", "name: m", "api_key_env: " + KEY));
        RunEndToEndTest.Outcome outcome = experiment.run(folder.resolve("out"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text())
                .contains("must be the name of an environment variable")
                .doesNotContain(KEY);
    }

    @Test
    void aVariableThatIsNotSetIsToldBeforeAnythingRuns() throws Exception {
        EndpointExperiment experiment = new EndpointExperiment(
                folder, 1, List.of("provider: openai", "name: m", "api_key_env: AGON_NO_SUCH_KEY"));
        RunEndToEndTest.Outcome outcome = experiment.run(folder.resolve("out"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text()).contains("AGON_NO_SUCH_KEY, which is not set in the environment");
        assertThat(folder.resolve("out.journal")).doesNotExist();
    }

    /** The columns in which a message of a server, or the output of a command, could stand; Parquet's own bytes are compressed. */
    private static List<String> texts(RunQuery query) throws Exception {
        List<String> texts = new ArrayList<>(query.texts("SELECT CAST(f AS VARCHAR) FROM failures f"));
        texts.addAll(query.texts("SELECT CAST(r AS VARCHAR) FROM rollouts r"));
        texts.addAll(query.texts("SELECT CAST(s AS VARCHAR) FROM summaries s"));
        texts.addAll(query.texts("SELECT CAST(v AS VARCHAR) FROM votes v"));
        return texts;
    }

    /** Files below the test's folder that hold the text as it is, and journal entries that hold it once they are unpacked. */
    private List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains(text)
                        || Unpacked.of(bytes).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** The same JSON with one letter of each key escaped. */
    private static String escaped(String json) {
        return json.replace(KEY, KEY.replace("f", "\\u0066"));
    }

    private Behaviour behave(int call, Request request) throws IOException {
        if (("Bearer " + KEY).equals(request.headers().get("authorization"))) {
            withKey.incrementAndGet();
        }
        if (EndpointExperiment.seed(request.body()) % 3 == 0) {
            failures.incrementAndGet();
            return Behaviour.json(
                    500,
                    "{\"error\":{\"message\":\"cannot serve "
                            + request.headers().get("authorization") + "\"}}");
        }
        String text = EndpointExperiment.text(request.body());
        if (text.contains("cat a.txt")) {
            text = "THOUGHT: " + KEY + ".\n\n```mswea_bash_command\necho " + KEY + " > key; " + SEARCH + "\n```";
        } else if (text.startsWith("{")) {
            text = text.replace("wrote", "wrote " + KEY);
        }
        String good = EndpointExperiment.json(text, true)
                .replace("\"choices\":", "\"id\":\"" + KEY + "\",\"model\":\"" + KEY + "\",\"choices\":")
                .replace(
                        "\"content\":",
                        "\"reasoning\":\"" + KEY + "\",\"reasoning_details\":[\"" + KEY + "\"],\"content\":");
        return Behaviour.json(200, escaped(good), "X-Key: " + KEY);
    }
}
