package dev.agon.stores;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to buy into a journal. One start of a run has it at a time, and all its workers share it; commands that only read ask
 * nobody. A launcher that dies loses it: at once in a folder of this machine, where it is a lock, and elsewhere {@link #LAPSE} after
 * it was last renewed.
 */
public interface Lease extends AutoCloseable {

    /** How often it is to be renewed. */
    Duration PERIOD = Duration.ofSeconds(20);

    /** Longer than workers go on whose launcher is dead. */
    Duration LAPSE = Duration.ofSeconds(150);

    /** Renews it, and says who else has the journal now: a launcher that stood still for too long has lost it. */
    default Optional<LeaseHolder> renew() throws IOException {
        return Optional.empty();
    }

    /** Gives it back. */
    @Override
    void close() throws IOException;
}
