package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.model.ModelWorker.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AdaptiveLimitTest {

    @Test
    void overloadLowersTheLimitOncePerRoundTrip() {
        AdaptiveLimit limit = new AdaptiveLimit(100);
        limit.overloaded(0, 50, Events.NONE);
        assertThat(limit.limit()).isEqualTo(70);
        limit.overloaded(10, 60, Events.NONE);
        limit.overloaded(49, 99, Events.NONE);
        assertThat(limit.limit()).isEqualTo(70);
        limit.overloaded(51, 100, Events.NONE);
        assertThat(limit.limit()).isEqualTo(49);
    }

    @Test
    void theLimitNeverFallsBelowOne() {
        AdaptiveLimit limit = new AdaptiveLimit(2);
        for (int time = 0; time < 10; time++) {
            limit.overloaded(time, time, Events.NONE);
            assertThat(limit.limit()).isEqualTo(1);
        }
    }

    @Test
    void asManySuccessesAsTheLimitRaiseItByOneUpToTheMost() {
        AdaptiveLimit limit = new AdaptiveLimit(10);
        limit.overloaded(0, 1, Events.NONE);
        assertThat(limit.limit()).isEqualTo(7);
        succeed(limit, 6);
        assertThat(limit.limit()).isEqualTo(7);
        succeed(limit, 1);
        assertThat(limit.limit()).isEqualTo(8);
        succeed(limit, 8 + 9);
        assertThat(limit.limit()).isEqualTo(10);
        succeed(limit, 1000);
        assertThat(limit.limit()).isEqualTo(10);
    }

    private static void succeed(AdaptiveLimit limit, int times) {
        for (int time = 0; time < times; time++) {
            limit.succeeded(Events.NONE);
        }
    }

    @Test
    void whoWaitsLongestGoesFirst() throws Exception {
        AdaptiveLimit limit = new AdaptiveLimit(1);
        limit.acquire(() -> false);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            int mine = number;
            Thread thread = new Thread(() -> {
                try {
                    limit.acquire(() -> false);
                    order.add(mine);
                    limit.release();
                } catch (InterruptedException | StoppedException e) {
                    throw new IllegalStateException(e);
                }
            });
            threads.add(thread);
            thread.start();
            while (limit.waiting() <= number) {
                Thread.onSpinWait();
            }
        }
        limit.release();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void whoStopsOrIsInterruptedWhileWaitingTakesNoPermitAlong() throws Exception {
        AdaptiveLimit limit = new AdaptiveLimit(1);
        limit.acquire(() -> false);
        assertThatThrownBy(() -> limit.acquire(() -> true)).isInstanceOf(StoppedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> limit.acquire(() -> false)).isInstanceOf(InterruptedException.class);
        assertThat(limit.waiting()).isZero();
        limit.release();
        limit.acquire(() -> true);
    }

    @Test
    void noMoreCallsAreOnTheWireThanTheServerBears() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        try (HttpFixture http = new HttpFixture(
                new ScriptedServer((call, request) -> Behaviour.completion("a").after(all)))) {
            http.inFlight = 3;
            List<Thread> threads = callers(http, 8);
            while (http.server.requests().size() < 3) {
                Thread.onSpinWait();
            }
            // The others had the same time and stand in line.
            while (threads.stream()
                            .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                            .count()
                    < 5) {
                Thread.onSpinWait();
            }
            assertThat(http.server.requests()).hasSize(3);
            all.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(http.server.requests()).hasSize(8);
            assertThat(http.server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aCallThatBacksOffHoldsNoPermit() throws Exception {
        AtomicBoolean answered = new AtomicBoolean();
        ScriptedServer server = new ScriptedServer(
                (call, request) -> call == 0 ? Behaviour.json(503, "{}") : Behaviour.completion("a"));
        try (HttpFixture http = new HttpFixture(server)) {
            http.inFlight = 1;
            http.waiting.whileAsleep(() -> {
                if (answered.compareAndSet(false, true)) {
                    assertThat(http.ask("other").content()).isEqualTo("a");
                }
            });
            assertThat(http.ask("first").content()).isEqualTo("a");
            assertThat(answered).isTrue();
            assertThat(http.server.requests())
                    .extracting(ScriptedServer.Request::body)
                    .satisfiesExactly(
                            body -> assertThat(body).contains("first"),
                            body -> assertThat(body).contains("other"),
                            body -> assertThat(body).contains("first"));
        }
    }

    @Test
    void changesAreTold() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.json(429, "{}"), Behaviour.completion("a"))) {
            http.inFlight = 3;
            for (int call = 0; call < 3; call++) {
                http.ask();
            }
            assertThat(http.limits).containsExactly("3->2", "2->3");
        }
    }

    private static List<Thread> callers(HttpFixture http, int count) {
        http.model();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Thread thread = new Thread(() -> {
                try {
                    http.ask();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }
}
