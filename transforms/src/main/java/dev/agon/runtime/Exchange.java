package dev.agon.runtime;

import dev.agon.journal.JournalException;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.stores.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker tells the others from time to time, and learns from them: what was bought, whether the run is stopped, whether
 * the launcher is alive, and what was done. Each part is tried when it is due, whatever became of the others; what fails is
 * logged and tried again in its next period.
 *
 * <p>Object stores bill requests and refuse to write one name again within a second. So a worker makes about as many requests a
 * minute in a run of 64 workers as in a run of one: it writes what has changed, under a new name each time, and reads what all
 * others bought in one listing.
 */
final class Exchange {

    /** How often {@link #run} is to be called. */
    static final Duration TICK = Duration.ofMillis(500);

    /** How often a worker writes what it has done. */
    static final Duration PROGRESS_PERIOD = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final RunScope scope;
    private final LongSupplier nanoTime;
    private final RunControl control;
    private final Heartbeat heartbeat;
    private final Periodic controlPeriods;
    private final Periodic progressPeriods;
    private final WorkerProgress progress;
    private final Periodic leasePeriods;
    private volatile Lease lease;

    /**
     * The exchange of one worker, which knows what was bought before.
     *
     * @param worker name of the worker, which no other of the run has
     * @throws JournalException when this process does not see what the launcher wrote
     */
    Exchange(RunScope scope, String worker) {
        this(scope, worker, System::nanoTime);
    }

    /** @param nanoTime the clock, in nanoseconds from any moment */
    Exchange(RunScope scope, String worker, LongSupplier nanoTime) {
        this.scope = scope;
        this.nanoTime = nanoTime;
        scope.controlStore().check(worker);
        this.control = scope.controlStore().connect(worker, nanoTime);
        long now = nanoTime.getAsLong();
        this.heartbeat = new Heartbeat(scope.controlStore(), now);
        this.controlPeriods = new Periodic(RunControl.PERIOD, now);
        this.progressPeriods = new Periodic(PROGRESS_PERIOD, now);
        this.leasePeriods = new Periodic(Lease.PERIOD, now);
        this.progress = scope.progressStore().ofWorker(worker);
    }

    /** What holds the run to its budget and stops it. */
    RunControl control() {
        return control;
    }

    /** What this worker has done so far, to be added to. */
    Progress progress() {
        return progress.own();
    }

    /** What was done of one share of a step, from nothing, to be added to. */
    Progress progress(String shard) {
        return progress.ofShard(shard);
    }

    /** From now on this process is the launcher, which has the journal: when it ends, the others stop. */
    void lead(Lease journal) {
        lease = journal;
    }

    /** Does what is due. Never throws. For one thread at a time. */
    void run() {
        long now = nanoTime.getAsLong();
        control.abortWhenLate();
        if (controlPeriods.isDue(now)) {
            exchangeControl();
        }
        attempt("the launcher's sign of life is not to be had", () -> heartbeat(now));
        if (lease != null && leasePeriods.isDue(now)) {
            attempt("the hold of the journal cannot be renewed", this::renewLease);
        }
        if (progressPeriods.isDue(now)) {
            attempt("progress cannot be written", progress::write);
        }
    }

    /** Writes what is left, once all work has drained. Never throws. */
    void last() {
        // Nothing is in flight here any more.
        progress().add(Counter.IN_FLIGHT_LIMIT, -progress().get(Counter.IN_FLIGHT_LIMIT));
        exchangeControl();
        attempt("progress cannot be written", progress::write);
    }

    private void exchangeControl() {
        attempt("what was bought cannot be written", control::tellBought);
        attempt("it cannot be read whether the run is stopped", control::learnStop);
        if (control.isBudgeted()) {
            attempt("what others bought cannot be read", control::learnBought);
        }
        attempt("other workers cannot be told that the run is stopped", control::tellStop);
    }

    private void heartbeat(long now) throws IOException {
        if (lease != null) {
            heartbeat.beat(now);
        } else if (!heartbeat.launcherLives(now)) {
            control.cancel("its launcher is gone. Run again to go on from here");
        }
    }

    private void renewLease() throws IOException {
        lease.renew()
                .ifPresent(other -> control.cancel("its launcher stood still for more than " + Lease.LAPSE.toSeconds()
                        + " s, and " + other + " has its journal now"));
    }

    private void attempt(String failure, Part part) {
        try {
            part.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} below {}: {}", failure, scope.controlStore().location(), e.toString());
        }
    }

    /** One part of a period. */
    @FunctionalInterface
    private interface Part {
        void run() throws IOException;
    }
}
