package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RateLimitTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void bookingsAreSpreadOverTime() {
        RateLimit limit = new RateLimit(120);
        // A second's worth at once, then one each half second, in the order of booking.
        assertThat(limit.book(1, 0)).isZero();
        assertThat(limit.book(1, 0)).isZero();
        assertThat(limit.book(1, 0)).isZero();
        assertThat(limit.book(1, 0)).isEqualTo(SECOND / 2);
        assertThat(limit.book(1, 0)).isEqualTo(SECOND);
        assertThat(limit.book(1, SECOND)).isEqualTo(SECOND / 2);
        // Idling saves up no more than a second's worth.
        assertThat(limit.book(1, 100 * SECOND)).isZero();
        assertThat(limit.book(1, 100 * SECOND)).isZero();
        assertThat(limit.book(1, 100 * SECOND)).isZero();
        assertThat(limit.book(1, 100 * SECOND)).isEqualTo(SECOND / 2);
    }

    @Test
    void bookingsAreCorrectedByWhatWasSpent() {
        RateLimit limit = new RateLimit(60);
        limit.book(10, 0);
        assertThat(limit.book(1, 0)).isEqualTo(9 * SECOND);
        limit.correct(10, 4);
        assertThat(limit.book(1, 0)).isEqualTo(4 * SECOND);
        limit.correct(1, 3);
        assertThat(limit.book(1, 0)).isEqualTo(7 * SECOND);
    }

    @Test
    void noLimitNeverWaits() {
        RateLimit limit = new RateLimit(0);
        for (int call = 0; call < 1000; call++) {
            assertThat(limit.book(1000, 0)).isZero();
        }
    }

    @Test
    void requestsAreHeldToTheirRate() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("a"))) {
            http.requestsPerMinute = 30;
            for (int call = 0; call < 10; call++) {
                http.ask();
            }
            // The first is free, and so is half of the second; then two seconds each.
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofSeconds(17));
        }
    }

    @Test
    void tokensAreHeldToTheirRateAsTheAnswersCountThem() throws Exception {
        try (HttpFixture http = new HttpFixture(Behaviour.completion("a"))) {
            http.tokensPerMinute = 60;
            for (int call = 0; call < 10; call++) {
                http.ask();
            }
            // Each answer counts 15 tokens, a token a second, whatever was booked for the request.
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofSeconds(9 * 15 - 1));
        }
    }

    @Test
    void retriesAreRequestsToo() throws Exception {
        try (HttpFixture http =
                new HttpFixture(Behaviour.json(500, "{}"), Behaviour.json(500, "{}"), Behaviour.completion("a"))) {
            http.requestsPerMinute = 6;
            http.ask();
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofSeconds(19));
        }
    }

    @Test
    void anEndpointWithNothingLeftIsLeftAloneUntilItsReset() throws Exception {
        Behaviour last = Behaviour.json(
                200,
                "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}",
                "x-ratelimit-remaining-requests: 0",
                "x-ratelimit-reset-requests: 12s");
        try (HttpFixture http = new HttpFixture(last, Behaviour.completion("b"))) {
            http.ask();
            assertThat(http.waiting.slept()).isZero();
            http.ask();
            assertThat(http.waiting.slept()).isEqualTo(Duration.ofSeconds(12));
            assertThat(http.retries).hasValue(0);
        }
    }
}
