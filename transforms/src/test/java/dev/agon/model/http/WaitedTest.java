package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ModelException;
import dev.agon.model.Price;
import dev.agon.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of a call was no work of the model, and what tries without an answer consumed. */
@Timeout(20)
class WaitedTest {

    private static final Behaviour GOOD = Behaviour.completion("good");
    private static final Behaviour NOTHING =
            Behaviour.ok("{\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":4}}");

    @Test
    void anAnswerAtOnceWasNotWaitedFor() throws Exception {
        try (HttpFixture http = new HttpFixture(GOOD)) {
            assertThat(http.ask().waitedMs()).isZero();
        }
    }

    @Test
    void failedAttemptsAndPausesAreWaitingAndTheAnswerIsNot() throws Exception {
        HttpFixture[] http = new HttpFixture[1];
        List<Behaviour> script = List.of(Behaviour.json(500, "{}"), GOOD);
        http[0] = new HttpFixture(new ScriptedServer((call, request) -> socket -> {
            http[0].waiting.sleep(Duration.ofSeconds(3).toNanos());
            return script.get(call).respond(socket);
        }));
        try (HttpFixture fixture = http[0]) {
            ChatReply reply = fixture.ask();
            // Three seconds of a failure and half a second after it, then three of the answer.
            assertThat(fixture.waiting.slept()).isEqualTo(Duration.ofMillis(6500));
            assertThat(reply.waitedMs()).isEqualTo(3500);
        }
    }

    @Test
    void waitingForTheRateIsWaiting() throws Exception {
        try (HttpFixture http = new HttpFixture(GOOD)) {
            http.requestsPerMinute = 30;
            assertThat(http.ask().waitedMs()).isZero();
            assertThat(http.ask().waitedMs()).isEqualTo(1000);
            assertThat(http.ask().waitedMs()).isEqualTo(2000);
        }
    }

    @Test
    void waitingForATurnIsWaiting() throws Exception {
        CountDownLatch turn = new CountDownLatch(1);
        try (HttpFixture http =
                new HttpFixture(new ScriptedServer((call, request) -> call == 0 ? GOOD.after(turn) : GOOD))) {
            http.inFlight = 1;
            http.model();
            FutureTask<ChatReply> first = started(http);
            while (http.server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            FutureTask<ChatReply> second = new FutureTask<>(http::ask);
            Thread waits = new Thread(second);
            waits.start();
            while (waits.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            http.waiting.sleep(Duration.ofSeconds(4).toNanos());
            turn.countDown();
            assertThat(first.get().waitedMs()).isZero();
            assertThat(second.get().waitedMs()).isEqualTo(4000);
        }
    }

    private static FutureTask<ChatReply> started(HttpFixture http) {
        FutureTask<ChatReply> call = new FutureTask<>(http::ask);
        new Thread(call).start();
        return call;
    }

    @Test
    void samplesOfOneCallWaitedAlike() throws Exception {
        Behaviour two =
                Behaviour.ok("{\"choices\":[{\"message\":{\"content\":\"a\"}},{\"message\":{\"content\":\"b\"}}]}");
        try (HttpFixture http = new HttpFixture(Behaviour.json(500, "{}"), two)) {
            http.samplesPerCall = 2;
            assertThat(http.model().replies(http.request(ChatMessage.user("q")), List.of(1L, 2L)))
                    .extracting(ChatReply::waitedMs)
                    .containsExactly(500L, 500L);
        }
    }

    @Test
    void whatAttemptsWithoutAnAnswerConsumedIsPartOfTheFailure() {
        try (HttpFixture http = new HttpFixture(NOTHING, NOTHING, Behaviour.json(401, "{}"))) {
            http.price = new Price(1, 0.1, 2, 10);
            ModelException failure = http.failure();
            assertThat(failure.tries()).isEqualTo(3);
            assertThat(failure.usage()).isEqualTo(new Usage(40, 0, 8, 2 * (20 + 4 * 10) / 1e6));
        }
    }

    @Test
    void whatAttemptsWithoutAnAnswerConsumedIsPartOfTheAnswer() throws Exception {
        try (HttpFixture http = new HttpFixture(NOTHING, GOOD)) {
            http.price = new Price(1, 0.1, 2, 10);
            assertThat(http.ask().usage()).isEqualTo(new Usage(30, 0, 9, (30 + 9 * 10) / 1e6));
        }
    }
}
