package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AbortableTest {

    private final Abortable abortable = new Abortable();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whatIsInFlightIsInterruptedAndItsThreadGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Future<String> work = threads.submit(() -> {
            try {
                return abortable.call(() -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                });
            } catch (RunAbortedException e) {
                return "aborted, interrupted: " + Thread.currentThread().isInterrupted();
            }
        });
        begun.await();
        abortable.abort();
        assertThat(work.get()).isEqualTo("aborted, interrupted: false");
    }

    @Test
    void nothingBeginsAfterwards() {
        abortable.abort();
        assertThatThrownBy(() -> abortable.call(() -> "never")).isInstanceOf(RunAbortedException.class);
    }

    @Test
    void whateverAnInterruptedCallFailsWithItWasAborted() {
        assertThatThrownBy(() -> abortable.call(() -> {
                    abortable.abort();
                    throw new IOException("closed by interrupt");
                }))
                .isInstanceOf(RunAbortedException.class)
                .hasRootCauseMessage("closed by interrupt");
    }

    @Test
    void otherwiseFailuresAndInterruptsAreThemselves() {
        assertThatThrownBy(() -> abortable.call(() -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThatThrownBy(() -> abortable.call(() -> {
                    throw new InterruptedException("the engine's");
                }))
                .isExactlyInstanceOf(InterruptedException.class);
    }
}
