package dev.agon.runtime;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Blobs;
import dev.agon.journal.JournalCheck.Damage;
import dev.agon.journal.JournalException;
import dev.agon.journal.Ledger;
import dev.agon.journal.StopFlag;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run's ledger and stop flag are, in a form that travels to workers.
 *
 * @param location folder that all workers and the launcher share: the journal's
 * @param run id of the run, over which its budget is counted
 * @param start name of this start of it
 * @param budget what it may buy
 */
public record RunControlStore(String location, String run, String start, Budget budget) implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(RunControlStore.class);

    /** The control of one worker, which knows what was bought before. */
    RunControl connect(String worker, LongSupplier nanoTime) {
        Blobs blobs = new JournalStore(location).blobs();
        RunControl control = new RunControl(budget, new Ledger(blobs, run, start, worker), stopFlag(), nanoTime);
        try {
            control.learnBought();
            control.learnStop();
        } catch (IOException e) {
            throw new JournalException("the ledger cannot be read below " + location + ": " + e.getMessage(), e);
        }
        return control;
    }

    /** Tells the workers of this start that it is stopped. */
    StopFlag stopFlag() {
        return new StopFlag(new JournalStore(location).blobs(), run + "/" + start);
    }

    /**
     * Mends the run's ledger, and leaves a sign in the store by which workers tell that they see the same one. For the launcher, before
     * any worker.
     */
    public void begin() throws IOException {
        for (Damage damage : Ledger.mend(new JournalStore(location).blobs(), run)) {
            LOG.warn("journal: {} {}", damage.blob(), damage.problem());
        }
        beat(0);
    }

    /** The launcher's sign of life, which differs each time. */
    void beat(long count) throws IOException {
        new JournalStore(location).blobs().put(sign(), Long.toString(count).getBytes(StandardCharsets.US_ASCII));
    }

    /** What the launcher last left as a sign of life. */
    Optional<String> lastBeat() throws IOException {
        return new JournalStore(location)
                .blobs()
                .get(sign())
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    /**
     * @throws JournalException when this process does not see what the launcher wrote, or cannot write itself
     */
    void check(String worker) {
        Blobs blobs = new JournalStore(location).blobs();
        try {
            if (blobs.get(sign()).isEmpty()) {
                throw new JournalException("this worker (" + worker + ") does not see the run in the journal "
                        + location
                        + ": it must be on a file system that the launcher and all workers share; set `journal`"
                        + " to a place there");
            }
            String own = sign() + "." + worker;
            blobs.put(own, worker.getBytes(StandardCharsets.UTF_8));
            blobs.delete(own);
        } catch (IOException e) {
            throw new JournalException(
                    "this worker (" + worker + ") cannot use the journal " + location + " (" + e
                            + "): it must be on a file system that the launcher and all workers can read and write",
                    e);
        }
    }

    private String sign() {
        return BlobKind.PROGRESS.folder() + "/" + run + "/" + start + "/begun";
    }
}
