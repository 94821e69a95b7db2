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
        long now = 7;
        Heartbeat launcher = new Heartbeat(store, now);
        Heartbeat worker = new Heartbeat(store, now);
        for (int second = 0; second < 600; second++) {
            launcher.beat(now);
            assertThat(worker.launcherLives(now)).isTrue();
            now += 1_000_000_000L;
        }
        long last = now;
        while (now - last
                < Heartbeat.PATIENCE.minus(Heartbeat.PERIOD.multipliedBy(2)).toNanos()) {
            assertThat(worker.launcherLives(now)).isTrue();
            now += 1_000_000_000L;
        }
        assertThat(worker.launcherLives(last + Heartbeat.PATIENCE.toNanos())).isFalse();
    }

    @Test
    void theSignIsRenewedOnceInAWhileOnly() throws Exception {
        RunControlStore store = new RunControlStore(folder.toString(), "run", "1", Budget.NONE);
        Heartbeat launcher = new Heartbeat(store, 0);
        for (int tick = 0; tick <= 39; tick++) {
            launcher.beat(tick * Heartbeat.PERIOD.toNanos() / 10);
        }
        assertThat(store.lastBeat()).contains("3");
    }
}
