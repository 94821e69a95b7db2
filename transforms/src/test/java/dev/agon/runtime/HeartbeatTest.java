package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {

    @TempDir
    Path folder;

    @Test
    void theLauncherLivesForAsLongAsItsSignIsRenewed() throws Exception {
        RunControlStore store = new RunControlStore(folder.toString(), "run", "1", Budget.NONE);
        store.begin();
        Heartbeat launcher = new Heartbeat(store);
        Heartbeat worker = new Heartbeat(store);
        long now = 7;
        for (int second = 0; second < 600; second++) {
            launcher.beat(now);
            assertThat(worker.launcherLives(now)).isTrue();
            now += 1_000_000_000L;
        }
        long last = now;
        while (now - last < Heartbeat.PATIENCE_NS - 2 * Heartbeat.PERIOD_NS) {
            assertThat(worker.launcherLives(now)).isTrue();
            now += 1_000_000_000L;
        }
        assertThat(worker.launcherLives(last + Heartbeat.PATIENCE_NS)).isFalse();
    }

    @Test
    void theSignIsRenewedOnceInAWhileOnly() throws Exception {
        RunControlStore store = new RunControlStore(folder.toString(), "run", "1", Budget.NONE);
        Heartbeat launcher = new Heartbeat(store);
        for (int tick = 0; tick <= 20; tick++) {
            launcher.beat(tick * Heartbeat.PERIOD_NS / 10);
        }
        assertThat(store.lastBeat()).contains("3");
    }
}
