package dev.agon.runtime;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A bounded number of permits. Whoever has an element in flight holds one. Safe for use by many threads at once. */
public final class Permits {

    private final Semaphore free;

    Permits(int count) {
        this.free = new Semaphore(count);
    }

    /** Waits for a permit, and holds it until that is closed. */
    public Permit acquire() throws InterruptedException {
        free.acquire();
        return new Permit();
    }

    /** A permit, if one comes free within that time. */
    public Optional<Permit> tryAcquire(long patienceMs) throws InterruptedException {
        return free.tryAcquire(patienceMs, TimeUnit.MILLISECONDS) ? Optional.of(new Permit()) : Optional.empty();
    }

    /** How many nobody holds now. */
    public int free() {
        return free.availablePermits();
    }

    /** The right to have one element in flight. Closing it gives it back; closing it again does nothing. */
    public final class Permit implements AutoCloseable {

        private final AtomicBoolean held = new AtomicBoolean(true);

        private Permit() {}

        @Override
        public void close() {
            if (held.getAndSet(false)) {
                free.release();
            }
        }
    }
}
