package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class RetryTest {

    private static final Behaviour GOOD = Behaviour.completion("good");

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 429, 500, 502, 503, 504, 520, 529})
    void statusesThatPassAreTriedAgain(int status) throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.json(status, "{}"), GOOD)) {
            assertThat(http.ask().content()).isEqualTo("good");
            assertThat(http.server.requests()).hasSize(2);
            assertThat(http.retries).hasValue(1);
            // Half of at most a second.
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofMillis(500));
        }
    }

    static List<Behaviour> brokenResponses() {
        return List.of(
                Behaviour.resetInMidBody(),
                Behaviour.endInMidBody(),
                Behaviour.reset(),
                Behaviour.ok("{\"choices\":[{\"message\":{\"content\":\"cut o"),
                Behaviour.ok(""),
                Behaviour.ok("{}"),
                Behaviour.ok("{\"choices\":[]}"),
                Behaviour.response(200, "text/html", "<html><body>Gateway</body></html>"),
                Behaviour.ok("{\"error\":{\"code\":502,\"message\":\"provider is down\"}}"),
                Behaviour.ok(
                        "{\"choices\":[{\"error\":{\"code\":429,\"message\":\"slow down\"},\"finish_reason\":\"error\"}]}"));
    }

    @ParameterizedTest
    @MethodSource("brokenResponses")
    void brokenResponsesAreTriedAgain(Behaviour broken) throws Exception {
        try (HttpFixture http = new HttpFixture(broken, GOOD)) {
            assertThat(http.ask().content()).isEqualTo("good");
            assertThat(http.server.requests()).hasSize(2);
        }
    }

    @Test
    void aValidAnswerMayHaveAnyContentType() throws Exception {
        String answer = "{\"choices\":[{\"message\":{\"content\":\"fine\"}}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";
        try (HttpFixture http = new HttpFixture(Behaviour.response(200, "text/html", answer))) {
            assertThat(http.ask().content()).isEqualTo("fine");
            assertThat(http.retries).hasValue(0);
        }
    }

    @Test
    void silenceEndsWithTheReadTimeOut() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.silence(), GOOD)) {
            http.readTimeout = Duration.ofMillis(150);
            assertThat(http.ask().content()).isEqualTo("good");
            assertThat(http.retries).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatDripsEndsWithTheTotalTimeOut(boolean inHeaders) {
        try (HttpFixture http = new HttpFixture(Behaviour.drip(inHeaders, 20))) {
            http.totalTimeout = Duration.ofMillis(150);
            http.retryFor = Duration.ZERO;
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.detail())
                    .isEqualTo("+0.0 s: InterruptedIOException: no whole answer within the total time-out of PT0.15S");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 7", "Retry-After: Wed, 02 Jan 2030 03:04:12 GMT", "retry-after-ms: 7000"})
    void retryAfterIsObeyed(String header) throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.json(429, "{}", header), GOOD)) {
            http.ask();
            // A twentieth more than asked, for not all to come back at once.
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofMillis(7350));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 0", "Retry-After: Wed, 02 Jan 2019 03:04:12 GMT", "retry-after-ms: 1"})
    void aServerThatAsksForNoPauseGetsTheUsualOne(String header) throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.json(429, "{}", header), GOOD)) {
            http.ask();
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofMillis(500));
        }
    }

    @Test
    void pausesDoubleUpToAMinute() {
        try (HttpFixture http = new HttpFixture(Behaviour.json(500, "{}"))) {
            http.retryFor = Duration.ofSeconds(100);
            http.answeredBefore = true;
            ModelException failure = http.failure();
            // 0.5 + 1 + 2 + 4 + 8 + 16 + 30 + 30 s; another 30 would end past 100 s.
            assertThat(failure.tries()).isEqualTo(9);
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofMillis(91_500));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aServerThatOnlyEverHadErrorsOfItsOwnStopsTheRunAfterAMinute() {
        String body = "{\"detail\":\"messages.2.content: none is not allowed\"}";
        try (HttpFixture http = new HttpFixture(Behaviour.json(500, body))) {
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED);
            assertThat(failure).hasMessageContaining("none is not allowed").hasMessageContaining("error of its own");
            // 0.5 + 1 + 2 + 4 + 8 + 16 + 30 s are the first to be a minute or more.
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofMillis(61_500));
        }
        try (HttpFixture http = new HttpFixture(Behaviour.json(503, body))) {
            assertThat(http.failure().kind())
                    .as("a server that is still loading")
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void onlyCallsOnTheWireAreInFlight() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.json(503, "{}"), GOOD)) {
            http.ask();
            assertThat(http.mostInFlight).hasValue(1);
            assertThat(http.onTheWire).hasValue(0);
        }
    }

    @Test
    void evidenceKeepsTheFirstThreeAndTheLastSevenAttempts() {
        ScriptedServer server =
                new ScriptedServer((call, request) -> Behaviour.response(500, "text/plain", "failure\n" + call));
        try (HttpFixture http = new HttpFixture(server)) {
            http.retryFor = Duration.ofSeconds(180);
            http.answeredBefore = true;
            ModelException failure = http.failure();
            assertThat(failure.tries()).isEqualTo(11);
            assertThat(failure.detail().lines())
                    .hasSize(11)
                    .startsWith(
                            "+0.0 s: HTTP 500: failure\\n0",
                            "+0.5 s: HTTP 500: failure\\n1",
                            "+1.5 s: HTTP 500: failure\\n2",
                            "… 1 more …",
                            "+7.5 s: HTTP 500: failure\\n4")
                    .endsWith("+151.5 s: HTTP 500: failure\\n10");
            assertThat(failure)
                    .hasMessage("openai/test-model at " + server.baseUrl()
                            + " did not answer in 11 tries within 180 s; the last: HTTP 500: failure\\n10");
        }
    }

    @Test
    void aServerThatAsksForMoreTimeThanThereIsIsNotAskedAgain() {
        try (HttpFixture http = new HttpFixture(Behaviour.json(429, "{}", "Retry-After: 601"))) {
            assertThat(http.failure().tries()).isEqualTo(1);
            assertThat(http.waiting.slept()).isZero();
        }
    }

    @Test
    void nobodyListeningIsUnavailable() {
        try (HttpFixture http = new HttpFixture(GOOD)) {
            http.server.close();
            http.retryFor = Duration.ofSeconds(2);
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.tries()).isEqualTo(3);
            assertThat(failure.detail()).contains("Connect");
        }
    }

    @Test
    void aStopEndsThePauseBetweenAttempts() {
        HttpFixture[] http = new HttpFixture[1];
        ScriptedServer server = new ScriptedServer((call, request) -> socket -> {
            http[0].stop.set(true);
            return Behaviour.json(500, "{}").respond(socket);
        });
        http[0] = new HttpFixture(server);
        try (HttpFixture fixture = http[0]) {
            ModelException failure = fixture.failure();
            assertThat(failure.kind()).isEqualTo(Kind.STOPPED);
            assertThat(failure.tries()).isEqualTo(1);
            assertThat(failure.detail()).contains("HTTP 500");
            assertThat(fixture.waiting.slept()).isZero();
        }
    }

    @Test
    void aStoppedRunAsksNothing() {
        try (HttpFixture http = new HttpFixture(GOOD)) {
            http.stop.set(true);
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(Kind.STOPPED);
            assertThat(failure.tries()).isZero();
            assertThat(http.server.requests()).isEmpty();
        }
    }

    @Test
    void aStopWhileWaitingTakesNoLongerThanOneLook() {
        Pause[] pause = new Pause[1];
        FakeWaiting waiting = new FakeWaiting(0);
        pause[0] = new Pause(waiting, () -> waiting.nanos() >= TimeUnit.SECONDS.toNanos(1));
        assertThatThrownBy(() -> pause[0].during(TimeUnit.MINUTES.toNanos(1))).isInstanceOf(StoppedException.class);
        assertThat(waiting.slept()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anInterruptEndsThePauseBetweenAttempts() throws Exception {
        Pause pause = new Pause(new Waiting.Real(), () -> false);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waits = new Thread(() -> {
            try {
                pause.during(TimeUnit.HOURS.toNanos(1));
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (StoppedException e) {
                throw new IllegalStateException(e);
            }
        });
        waits.start();
        waits.interrupt();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
