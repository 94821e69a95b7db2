package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AnswerMemoryTest {

    @Test
    void callsTakeNoMoreTogetherThanThereIsButForOne() throws Exception {
        AnswerMemory memory = new AnswerMemory(100);
        AnswerMemory.Share one = memory.share();
        AnswerMemory.Share other = memory.share();
        one.take(60, () -> true);
        other.take(30, () -> true);
        other.take(1_000, () -> true);
        assertThatThrownBy(() -> one.take(1, () -> true)).isInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(() -> memory.share().take(1, () -> true)).isInstanceOf(InterruptedIOException.class);
        other.take(1_000, () -> true);

        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<Void> third = CompletableFuture.runAsync(() -> {
            try (AnswerMemory.Share share = memory.share()) {
                share.take(40, () -> {
                    waits.countDown();
                    return false;
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        waits.await();
        assertThat(third).isNotDone();
        other.close();
        third.get(10, TimeUnit.SECONDS);
        one.take(40, () -> true);
    }

    @Test
    void whatAnAnswerTookIsFreeOnceItIsParsedGoodOrBad() throws Exception {
        try (HttpFixture http = new HttpFixture(
                Behaviour.json(500, "x".repeat(100_000)),
                Behaviour.completion("y".repeat(100_000)),
                Behaviour.completion("last"))) {
            http.memory = new AnswerMemory(1000);
            assertThat(http.ask().content()).hasSize(100_000);
            http.memory.share().take(1000, () -> true);
            assertThat(http.ask().content()).isEqualTo("last");
        }
    }

    @Test
    void headersHaveALimitToo() {
        try (HttpFixture http = new HttpFixture(
                Behaviour.json(200, "{}", "X-Long: " + "x".repeat(1 << 20)).thenClose())) {
            assertThat(http.failure().detail()).contains("MessageConstraintException");
        }
    }
}
