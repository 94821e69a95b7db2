package dev.agon.beam;

import dev.agon.journal.Blobs;
import dev.agon.journal.JournalException;
import dev.agon.journal.Ledger;
import dev.agon.journal.StopFlag;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run's ledger and stop flag are, in a form that travels to workers.
 *
 * @param location folder that all workers and the launcher share: the journal's
 * @param run id of the run, over which its budget is counted
 * @param attempt name of this attempt at it
 * @param budget what it may buy
 */
public record RunControlStore(String location, String run, String attempt, Budget budget) implements Serializable {

    /** How often a worker exchanges with the others what was bought. */
    public static final long PERIOD_MS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(RunControlStore.class);
    private static final Map<RunControlStore, RunControl> OPEN = new ConcurrentHashMap<>();
    private static final ScheduledExecutorService EXCHANGE = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ledger");
        thread.setDaemon(true);
        return thread;
    });

    /** The control of this process, which knows what earlier attempts bought. */
    public RunControl open() {
        return OPEN.computeIfAbsent(this, RunControlStore::start);
    }

    private static RunControl start(RunControlStore store) {
        Blobs blobs = new JournalStore(store.location()).blobs();
        RunControl control = new RunControl(
                store.budget(),
                new Ledger(blobs, store.run(), store.attempt(), WorkerName.of(store.attempt())),
                new StopFlag(blobs, store.run() + "/" + store.attempt()));
        try {
            control.exchange();
        } catch (IOException e) {
            throw new JournalException(
                    "the ledger cannot be read below " + store.location() + ": " + e.getMessage(), e);
        }
        EXCHANGE.scheduleWithFixedDelay(
                () -> {
                    try {
                        control.exchange();
                    } catch (IOException | RuntimeException e) { // tried again in the next period
                        LOG.warn("the ledger below {} cannot be reached: {}", store.location(), e.getMessage());
                    }
                },
                PERIOD_MS,
                PERIOD_MS,
                TimeUnit.MILLISECONDS);
        return control;
    }
}
