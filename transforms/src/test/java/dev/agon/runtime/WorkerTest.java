package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.Spent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of what one worker holds of a run. */
@Timeout(60)
class WorkerTest {

    @TempDir
    Path folder;

    @Test
    void anAnswerThatArrivesWhileTheLastStepLeavesIsBooked() throws Exception {
        RunScope scope = scope("1");
        Worker worker = scope.join();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        worker.threads().execute(() -> {
            asked.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                return; // an answer that was not waited for
            }
            worker.control().bought(new Spent(1, 10, 0.5));
        });
        asked.await();
        Thread leaving = new Thread(worker::close);
        leaving.start();
        while (!worker.threads().isShutdown()) {
            Thread.onSpinWait();
        }
        answered.countDown();
        leaving.join();
        try (Worker next = scope("2").join()) {
            assertThat(next.control().spent()).isEqualTo(new Spent(1, 10, 0.5));
        }
    }

    @Test
    void stepsOfOneRunShareOneWorkerAndItsThingsUntilTheLastLeaves() throws Exception {
        RunScope scope = scope("1");
        List<String> closed = new ArrayList<>();
        Worker one = scope.join();
        Worker other = scope.join();
        assertThat(other).isSameAs(one);
        AutoCloseable sandboxes = one.resource("sandboxes", () -> () -> closed.add("sandboxes"));
        AutoCloseable tasks = one.resource("tasks", () -> () -> closed.add("tasks"));
        assertThat(other.<AutoCloseable, RuntimeException>resource("tasks", () -> () -> closed.add("never")))
                .isSameAs(tasks)
                .isNotSameAs(sandboxes);
        one.close();
        assertThat(closed).isEmpty();
        other.close();
        assertThat(closed).containsExactly("tasks", "sandboxes");
        try (Worker again = scope.join()) {
            assertThat(again).as("nothing of a run is left when it has ended").isNotSameAs(one);
        }
    }

    @Test
    void aLauncherThatLeavesEndsTheRunHereWhoeverElseIsLeft() throws Exception {
        RunScope scope = scope("1");
        Worker step = scope.join();
        Worker launcher = scope.join();
        launcher.lead(() -> {});
        launcher.close();
        assertThat(step.threads().isShutdown()).isTrue();
        try (Worker next = scope.join()) {
            step.close(); // of a run that has ended: the next is not touched
            assertThat(next.threads().isShutdown()).isFalse();
        }
    }

    @Test
    void whatCannotBeOpenedIsTriedAgainByTheNext() throws Exception {
        try (Worker worker = scope("1").join()) {
            assertThatThrownBy(() -> worker.<AutoCloseable, IOException>resource("sandboxes", () -> {
                        throw new IOException("no namespaces");
                    }))
                    .hasMessage("no namespaces");
            assertThat(worker.<AutoCloseable, IOException>resource("sandboxes", () -> () -> {}))
                    .isNotNull();
        }
    }

    private RunScope scope(String start) {
        return RunScopes.begun(folder, "run", start, Budget.NONE);
    }
}
