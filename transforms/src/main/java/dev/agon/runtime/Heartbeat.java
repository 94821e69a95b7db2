package dev.agon.runtime;

import java.io.IOException;
import java.time.Duration;

/**
 * Tells workers whether the launcher is alive: it renews a sign in the store, and they see whether it changes, each by its own clock.
 * An engine's job would go on without its launcher, unseen, beside the one that is started in its place, and both would buy the same.
 * For one thread.
 */
final class Heartbeat {

    static final Duration PERIOD = Duration.ofSeconds(5);
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final RunControlStore store;
    private final Periodic looks;
    private long changed;
    private long count;
    private String seen = "";

    Heartbeat(RunControlStore store, long now) {
        this.store = store;
        this.looks = new Periodic(PERIOD, now);
        this.changed = now;
    }

    /** Renews the sign, from time to time. */
    void beat(long now) throws IOException {
        if (looks.isDue(now)) {
            count++;
            store.beat(count);
        }
    }

    /** Looks, from time to time, whether the sign was renewed; false once it was not for too long. */
    boolean launcherLives(long now) throws IOException {
        if (looks.isDue(now)) {
            String sign = store.lastBeat().orElse("");
            if (!sign.equals(seen)) {
                seen = sign;
                changed = now;
            }
        }
        return now - changed < PATIENCE.toNanos();
    }
}
