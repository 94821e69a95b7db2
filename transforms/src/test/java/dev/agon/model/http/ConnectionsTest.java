package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModels;
import dev.agon.model.ChatRequest;
import dev.agon.model.Endpoint;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelWorker;
import dev.agon.model.StructuredOutput;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConnectionsTest {

    @Test
    void connectionsAreUsedAgain() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("a"))) {
            for (int call = 0; call < 50; call++) {
                http.ask();
            }
            assertThat(http.server.connections()).isEqualTo(1);
        }
    }

    @Test
    void connectionsOfFailuresAreUsedAgain() throws Exception {
        try (HttpFixture http = new HttpFixture(
                Behaviour.json(500, "{\"error\":1}"),
                Behaviour.response(503, "text/html", "<html>"),
                Behaviour.completion("a"))) {
            http.ask();
            assertThat(http.server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anIdleConnectionThatTheServerClosedIsNoFailure() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("a").thenClose(), Behaviour.completion("b"))) {
            http.ask();
            TimeUnit.MILLISECONDS.sleep(200);
            assertThat(http.ask().content()).isEqualTo("b");
            assertThat(http.retries).hasValue(0);
            assertThat(http.server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aBrokenRequestIsSentAgainOnlyByTheRetries() {
        try (HttpFixture http = new HttpFixture(Behaviour.reset())) {
            http.retryFor = Duration.ZERO;
            assertThat(http.failure().tries()).isEqualTo(1);
            assertThat(http.server.requests()).hasSize(1);
        }
    }

    @Test
    void modelsOfOneEndpointShareItsConnections() throws Exception {
        try (ScriptedServer server = ScriptedServer.of(Behaviour.completion("a"))) {
            List<String> limits = new ArrayList<>();
            ModelWorker worker = new ModelWorker(
                    name -> null, () -> false, () -> false, false, new Endpoints(new ModelWorker.Events() {
                        @Override
                        public void retried() {}

                        @Override
                        public void inFlight(int change) {}

                        @Override
                        public void inFlightLimit(int before, int now) {
                            limits.add(before + "->" + now);
                        }
                    }));
            for (String name : List.of("agent", "judge", "agent")) {
                ModelConfig config = config(name, server);
                ChatRequest request =
                        new ChatRequest(ChatRequest.Role.AGENT, List.of(ChatMessage.user("q")), config.sampling(1));
                assertThat(ChatModels.connect(config, worker).reply(request).content())
                        .isEqualTo("a");
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(limits).containsExactly("0->4");
        }
    }

    @Test
    void theProxyOfTheUsualPropertiesIsUsed() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("by proxy"))) {
            int port = URI.create(http.server.baseUrl()).getPort();
            http.baseUrl = "http://model.invalid/v1";
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", "" + port);
            assertThat(http.ask().content()).isEqualTo("by proxy");
            assertThat(http.server.requests().get(0).path()).isEqualTo("http://model.invalid/v1/chat/completions");
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
    }

    private static ModelConfig config(String name, ScriptedServer server) {
        Duration time = Duration.ofSeconds(5);
        Endpoint endpoint = new Endpoint(server.baseUrl(), null, time, time, time, time, 0, 0, 4);
        return new ModelConfig("openai", name, 1, null, 10, null, "{}", 0, 1, StructuredOutput.AUTO, null, endpoint);
    }
}
