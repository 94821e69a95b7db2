package dev.agon.runtime;

import dev.agon.journal.JournalException;
import dev.agon.journal.Stop;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * What every step of one run shares, in a form that travels to workers. A step that calls models or counts joins the
 * {@link Worker} of its process for as long as it lives.
 *
 * @param seed the run's seed
 * @param journalStore where paid work is kept
 * @param progressStore where workers count
 * @param controlStore what holds the run to its budget
 * @param modelCalls most model calls in flight in one worker
 * @param shards shares that waiting work is dealt into
 */
public record RunScope(
        long seed,
        JournalStore journalStore,
        ProgressStore progressStore,
        RunControlStore controlStore,
        InFlightLimit modelCalls,
        Shards shards)
        implements Serializable {

    /**
     * The worker of this process; close it to leave.
     *
     * @throws JournalException when this process does not see what the launcher wrote
     */
    public Worker join() {
        return Worker.join(this);
    }

    /** Why the run was stopped, by whichever worker; empty when it was not. */
    public Optional<Stop> stop() {
        try {
            return controlStore.stopFlag().read();
        } catch (IOException e) {
            throw new JournalException("it cannot be read whether the run was stopped: " + e.getMessage(), e);
        }
    }
}
