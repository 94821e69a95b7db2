package dev.agon.runtime;

import dev.agon.journal.Ledger;
import dev.agon.journal.Spent;
import dev.agon.journal.Stop;
import dev.agon.journal.StopFlag;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a run to its budget and stops it: what this worker buys is added up here, and once the run may buy no more, or a model
 * refuses all calls, every worker learns that it is to stop.
 *
 * <p>A worker sees at once what it bought itself. It sees what another bought once that one has written it and this one has read
 * it: within {@link #LEARNED_WITHIN}, and the time that the store takes. So a run overspends by what was in flight when the
 * budget was reached, and by what other workers buy within that time. A worker that is killed loses what it had bought and not
 * yet written, half that time at most. Safe for use by many threads at once; the exchange is for one thread at a time.
 */
public final class RunControl {

    /** How often a worker writes what it bought, and reads what others bought. */
    static final Duration PERIOD = Duration.ofMillis(1500);

    /** How long it takes at most until a worker knows what another bought: it is written late, and it is read late. */
    public static final Duration LEARNED_WITHIN = PERIOD.plus(Exchange.TICK).multipliedBy(2);

    private static final Logger LOG = LoggerFactory.getLogger(RunControl.class);

    /** How long answers in flight, which are paid for, and commands have to end after the run was cancelled. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private final Budget budget;
    private final Ledger ledger;
    private final StopFlag flag;
    private final LongSupplier nanoTime;
    private final Abortable abortable = new Abortable();
    private volatile Stop stop;
    private volatile Stop told;
    private volatile long stoppedAt;

    RunControl(Budget budget, Ledger ledger, StopFlag flag, LongSupplier nanoTime) {
        this.budget = budget;
        this.ledger = ledger;
        this.flag = flag;
        this.nanoTime = nanoTime;
    }

    /** Whether nothing more may be bought. */
    public boolean stopRequested() {
        return stop != null;
    }

    /** Why the run is stopped; empty while it is not. */
    public Optional<Stop> stop() {
        return Optional.ofNullable(stop);
    }

    /** What the run is known to have bought, in all its starts; of other workers only where there is a budget. */
    public Spent spent() {
        return ledger.total();
    }

    /** Counts what was bought, and stops the run when that was the last it may buy. */
    void bought(Spent more) {
        budget.exceededBy(ledger.add(more)).ifPresent(this::stop);
    }

    /** Stops the run because its user wants that: nothing new begins, and what has not ended soon is aborted. */
    public void cancel(String message) {
        stop(new Stop(Stop.Kind.CANCELLED, message));
    }

    /** Stops the run because a model is of no use as it is configured: whatever it is asked would fail too. */
    public void misconfigured(String message) {
        stop(new Stop(Stop.Kind.MISCONFIGURED, message));
    }

    /** Does something long that a cancelled run does not wait for; a {@link RunAbortedException} says that it did not. */
    public <T, E extends Exception> T abortable(Abortable.Work<T, E> work) throws E, InterruptedException {
        return abortable.call(work);
    }

    /** Whether the run is cancelled and what is still in flight is not waited for any longer. */
    public boolean abortRequested() {
        return abortable.isAborted();
    }

    /** Stops the run and tells the other workers; what they could not be told now they are told in the next period. */
    void stop(Stop why) {
        if (adopt(why)) {
            try {
                tellStop();
            } catch (IOException e) {
                LOG.warn("other workers could not be told yet that the run is stopped: {}", e.toString());
            }
        }
    }

    /** The first reason stays, but that a user who cancels a run that is ending does not want to wait for its end. */
    private synchronized boolean adopt(Stop why) {
        if (stop != null && (isCancelled() || why.kind() != Stop.Kind.CANCELLED)) {
            return false;
        }
        stoppedAt = nanoTime.getAsLong();
        stop = why;
        return true;
    }

    /** Tells the others that the run is stopped, if it is and they were not told. */
    void tellStop() throws IOException {
        Stop now = stop;
        if (now != told) {
            flag.raise(now);
            told = now;
        }
    }

    /** Tells the others what was bought here. */
    void tellBought() throws IOException {
        ledger.write();
    }

    /** Learns what has been bought, by all. */
    void learnBought() throws IOException {
        ledger.read();
        budget.exceededBy(ledger.total()).ifPresent(this::stop);
    }

    /** Whether what others buy decides when this worker is to stop. */
    boolean isBudgeted() {
        return !budget.equals(Budget.NONE);
    }

    /** Learns whether another worker stopped the run. */
    void learnStop() throws IOException {
        if (!isCancelled()) {
            Optional<Stop> raised = flag.read();
            if (raised.isPresent() && adopt(raised.get())) {
                told = raised.get();
            }
        }
    }

    /** Aborts what is still in flight in a run that was cancelled a while ago. */
    void abortWhenLate() {
        if (isCancelled() && nanoTime.getAsLong() - stoppedAt >= PATIENCE_NS) {
            abortable.abort();
        }
    }

    /** Ends whatever is in flight here at once. */
    void abort() {
        abortable.abort();
    }

    private boolean isCancelled() {
        return stop != null && stop.kind() == Stop.Kind.CANCELLED;
    }
}
