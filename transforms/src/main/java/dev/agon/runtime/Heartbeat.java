package dev.agon.runtime;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Tells workers whether the launcher is alive: it renews a sign in the store, and they see whether it changes, each by its own clock.
 * An engine's job would go on without its launcher, unseen, beside the one that is started in its place, and both would buy the same.
 * For one thread.
 */
final class Heartbeat {

    static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(5);
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    private final RunControlStore store;
    private boolean first = true;
    private long looked;
    private long changed;
    private long count;
    private String seen = "";

    Heartbeat(RunControlStore store) {
        this.store = store;
    }

    /** Renews the sign, from time to time. */
    void beat(long now) throws IOException {
        if (isTime(now)) {
            count++;
            store.beat(count);
        }
    }

    /** Looks, from time to time, whether the sign was renewed; false once it was not for too long. */
    boolean launcherLives(long now) throws IOException {
        if (isTime(now)) {
            String sign = store.lastBeat().orElse("");
            if (!sign.equals(seen)) {
                seen = sign;
                changed = now;
            }
        }
        return now - changed < PATIENCE_NS;
    }

    private boolean isTime(long now) {
        if (first) {
            first = false;
            looked = now;
            changed = now;
            return true;
        }
        if (now - looked < PERIOD_NS) {
            return false;
        }
        looked = now;
        return true;
    }
}
