package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.journal.Stop;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatRequest;
import dev.agon.model.Endpoint;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.StructuredOutput;
import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class RunScopeTest {

    private static final Behaviour BAD = Behaviour.json(400, "{\"error\":{\"message\":\"unknown field\"}}");

    @TempDir
    Path folder;

    @Test
    void aRunThatHasBoughtAnswersIsNotStoppedByTheFirstRejectedRequestOfItsNextAttempt() throws Exception {
        try (ScriptedServer good = ScriptedServer.of(Behaviour.completion("a"));
                ScriptedServer bad = ScriptedServer.of(BAD)) {
            try (Worker first = scope("1").join()) {
                ask(first, good);
            }
            try (Worker second = scope("2").join()) {
                assertThat(failure(second, bad)).isEqualTo(Kind.UNAVAILABLE);
                assertThat(second.control().stopRequested()).isFalse();
            }
        }
    }

    @Test
    void aRunThatHasBoughtNothingIsStoppedByIt() throws Exception {
        try (ScriptedServer bad = ScriptedServer.of(BAD)) {
            RunScope scope = scope("1");
            try (Worker first = scope.join()) {
                assertThat(failure(first, bad)).isEqualTo(Kind.STOPPED);
                assertThat(first.control().stopRequested()).isTrue();
            }
            assertThat(scope.stop()).get().extracting(Stop::kind).isEqualTo(Stop.Kind.MISCONFIGURED);
        }
    }

    private static Kind failure(Worker worker, ScriptedServer server) {
        return Assertions.catchThrowableOfType(ModelException.class, () -> ask(worker, server))
                .kind();
    }

    private static void ask(Worker worker, ScriptedServer server) throws Exception {
        Duration time = Duration.ofSeconds(5);
        Endpoint endpoint = new Endpoint(server.baseUrl(), null, time, time, time, time, 0, 0, 4);
        ModelConfig config =
                new ModelConfig("openai", "m", 1, null, 10, null, "{}", 0, 1, StructuredOutput.AUTO, null, endpoint);
        ChatModel model = worker.connect(config);
        model.reply(new ChatRequest(ChatRequest.Role.AGENT, List.of(ChatMessage.user("q")), config.sampling(1)));
    }

    private RunScope scope(String attempt) {
        return RunScopes.begun(folder, "run", attempt, Budget.NONE);
    }
}
