package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        "retry-after, 3, 3000",
        "Retry-After, 0.25, 250",
        "Retry-After, 'Wed, 02 Jan 2030 03:05:05 GMT', 60000",
        "Retry-After, 'Wed, 02 Jan 2030 03:00:00 GMT', 0",
        "Retry-After-Ms, 120, 120",
    })
    void readsWhatServersSay(String name, String value, long millis) {
        HttpHeaders headers = new HttpHeaders().set(name, value);
        assertThat(RetryAfter.ofFailure(503, headers, NOW)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "NaN", "1e300", ""})
    void saysNothingWhereItCannotRead(String value) {
        HttpHeaders headers = new HttpHeaders().set("retry-after", value);
        assertThat(RetryAfter.ofFailure(429, headers, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1s, 1000", "6m0s, 360000", "120ms, 120", "1h2m3.5s, 3723500", "17, 17000", "0.5, 500"})
    void readsResetsOfWhatIsUsedUp(String reset, long millis) {
        HttpHeaders headers = new HttpHeaders()
                .set("x-ratelimit-remaining-requests", "12")
                .set("x-ratelimit-reset-requests", "9h")
                .set("x-ratelimit-remaining-tokens", "0")
                .set("x-ratelimit-reset-tokens", reset);
        assertThat(RetryAfter.ofFailure(429, headers, NOW)).contains(Duration.ofMillis(millis));
        assertThat(RetryAfter.ofUsedUp(headers, NOW)).contains(Duration.ofMillis(millis));
    }

    @Test
    void nothingLastsLongerThanAYearHoweverItIsSaid() {
        for (String[] header : new String[][] {
            {"retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"},
            {"x-ratelimit-reset-tokens", "9".repeat(300) + "d"},
            {"x-ratelimit-reset-tokens", "9d".repeat(3_000)},
            {"anthropic-ratelimit-requests-reset", "9999-12-31T23:59:59Z"},
        }) {
            HttpHeaders headers = new HttpHeaders()
                    .set("x-ratelimit-remaining-tokens", "0")
                    .set("anthropic-ratelimit-requests-remaining", "0")
                    .set(header[0], header[1]);
            assertThat(RetryAfter.ofFailure(429, headers, NOW)).as(header[0]).contains(Duration.ofDays(365));
        }
    }

    @Test
    void theLongestResetOfWhatIsUsedUpCounts() {
        HttpHeaders headers = new HttpHeaders()
                .set("anthropic-ratelimit-requests-remaining", "0")
                .set("anthropic-ratelimit-requests-reset", "2030-01-02T03:04:15Z")
                .set("anthropic-ratelimit-input-tokens-remaining", "0")
                .set("anthropic-ratelimit-input-tokens-reset", "2030-01-02T03:04:25Z")
                .set("anthropic-ratelimit-output-tokens-remaining", "4000")
                .set("anthropic-ratelimit-output-tokens-reset", "2030-01-02T03:05:05Z");
        assertThat(RetryAfter.ofFailure(429, headers, NOW)).contains(Duration.ofSeconds(20));
    }

    @Test
    void whatTheServerAsksForComesBeforeItsResets() {
        HttpHeaders headers = new HttpHeaders()
                .set("retry-after", "2")
                .set("x-ratelimit-remaining-requests", "0")
                .set("x-ratelimit-reset-requests", "30s");
        assertThat(RetryAfter.ofFailure(429, headers, NOW)).contains(Duration.ofSeconds(2));
    }

    @Test
    void nothingUsedUpIsNothingToWaitFor() {
        HttpHeaders headers =
                new HttpHeaders().set("x-ratelimit-remaining-requests", "1").set("x-ratelimit-reset-requests", "30s");
        assertThat(RetryAfter.ofFailure(429, headers, NOW)).isEmpty();
    }
}
