package dev.agon.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store says of a blob without opening it.
 *
 * @param name relative path, with {@code /} between the parts
 * @param bytes its size
 * @param written when it was last written, where the store knows
 * @param whole false for a blob in the making, or whose writer died
 */
public record StoredBlob(String name, long bytes, Optional<Instant> written, boolean whole) {

    /** The first part of the name. */
    String kind() {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    /** Whether it was written before that moment, for all that is known. */
    boolean isOlderThan(Instant moment) {
        return written.isPresent() && written.get().isBefore(moment);
    }
}
