package dev.agon.runtime;

import dev.agon.journal.Ledger;
import dev.agon.journal.Spent;
import dev.agon.journal.Stop;
import dev.agon.journal.StopFlag;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a run to its budget and stops it: what this worker buys is added up here, and once the run may buy no more, or a model
 * refuses all calls, every worker learns that it is to stop.
 *
 * <p>A worker sees what it bought itself at once. What others bought it sees once they have written it and it has read that: twice
 * {@link Worker#PERIOD_MS}, and the time the store takes. So a run overspends by what was in flight when the budget was
 * reached, plus what other workers buy within that time; a worker that is killed loses what it had bought and not yet written, one
 * period at most. Safe for use by many threads at once.
 */
public final class RunControl {

    private static final Logger LOG = LoggerFactory.getLogger(RunControl.class);

    /** How long answers in flight, which are paid for, and commands have to end after the run was cancelled. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private final Budget budget;
    private final Ledger ledger;
    private final StopFlag flag;
    private final Abortable abortable = new Abortable();
    private volatile Stop stop;
    private volatile long stoppedAt;

    RunControl(Budget budget, Ledger ledger, StopFlag flag) {
        this.budget = budget;
        this.ledger = ledger;
        this.flag = flag;
    }

    /** Whether nothing more may be bought. */
    public boolean stopRequested() {
        return stop != null;
    }

    /** Why the run is stopped; empty while it is not. */
    public Optional<Stop> stop() {
        return Optional.ofNullable(stop);
    }

    /** What the run is known to have bought, in all attempts at it. */
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

    /** Does something long that a cancelled run does not wait for; a {@link RunAbortedException} says that it did not. */
    public <T, E extends Exception> T abortable(Abortable.Work<T, E> work) throws E, InterruptedException {
        return abortable.call(work);
    }

    /** Whether the run is cancelled and what is still in flight is not waited for any longer. */
    public boolean abortRequested() {
        return abortable.isAborted();
    }

    /** Stops the run; the first reason stays, but that a user who cancels a run that is ending does not want to wait for its end. */
    void stop(Stop why) {
        synchronized (this) {
            if (stop != null && (isCancelled() || why.kind() != Stop.Kind.CANCELLED)) {
                return;
            }
            stoppedAt = System.nanoTime();
            stop = why;
        }
        try {
            flag.raise(why);
        } catch (IOException e) { // this worker stops; others learn it from the model or the ledger themselves
            LOG.warn("other workers could not be told that the run is stopped: {}", e.getMessage());
        }
    }

    /** Tells the others what was bought here. */
    void tell() throws IOException {
        ledger.write();
    }

    /** Learns what the others bought. */
    void learn() throws IOException {
        ledger.read();
        budget.exceededBy(ledger.total()).ifPresent(this::stop);
    }

    /** Learns whether another worker stopped the run. Aborts what is in flight, once a cancelled run has waited long enough. */
    void heed() throws IOException {
        if (!isCancelled()) {
            flag.read().ifPresent(this::stop);
        } else if (System.nanoTime() - stoppedAt >= PATIENCE_NS) {
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
