package dev.agon.runtime;

import dev.agon.journal.JournalException;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker tells the others, period by period, and learns from them: what was bought, whether the run is stopped, whether
 * the launcher is alive, and what was done. Each part is tried in each period, whatever became of the others; what fails is
 * logged and tried again in the next.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final RunScope scope;
    private final String worker;
    private final RunControl control;
    private final Heartbeat heartbeat;
    private final Progress progress = new Progress();
    private byte[] written = {};
    private volatile boolean leads;

    /**
     * The exchange of one worker, which knows what was bought before.
     *
     * @param worker name of the worker, which no other of the run has
     * @throws JournalException when this process does not see what the launcher wrote
     */
    Exchange(RunScope scope, String worker) {
        this.scope = scope;
        this.worker = worker;
        scope.controlStore().check(worker);
        this.control = scope.controlStore().connect(worker);
        this.heartbeat = new Heartbeat(scope.controlStore());
    }

    /** What holds the run to its budget and stops it. */
    RunControl control() {
        return control;
    }

    /** What this worker has done so far, to be added to. */
    Progress progress() {
        return progress;
    }

    /** From now on this process is the launcher: when it ends, the others stop. */
    void lead() {
        leads = true;
    }

    /** One period. Never throws. For one thread at a time. */
    void run() {
        attempt("the ledger cannot be written", control::tell);
        attempt("the ledger cannot be read", control::learn);
        attempt("the stop flag cannot be read", control::heed);
        attempt("the launcher's sign of life is not to be had", this::heartbeat);
        attempt("progress cannot be written", this::writeProgress);
    }

    /** Writes what is left, once all work has drained. Never throws. */
    void last() {
        progress.add(
                Counter.IN_FLIGHT_LIMIT, -progress.get(Counter.IN_FLIGHT_LIMIT)); // nothing is in flight here any more
        run();
    }

    private void heartbeat() throws IOException {
        if (leads) {
            heartbeat.beat(System.nanoTime());
        } else if (!heartbeat.launcherLives(System.nanoTime())) {
            control.cancel("its launcher is gone. Run again to go on from here");
        }
    }

    private void writeProgress() throws IOException {
        byte[] now = progress.toBytes();
        if (!Arrays.equals(now, written)) {
            scope.progressStore().write(worker, progress);
            written = now;
        }
    }

    private void attempt(String failure, Part part) {
        try {
            part.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} below {}: {}", failure, scope.controlStore().location(), e.toString());
        }
    }

    /** One part of a period. */
    private interface Part {
        void run() throws IOException;
    }
}
