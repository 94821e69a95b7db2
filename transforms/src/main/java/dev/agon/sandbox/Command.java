package dev.agon.sandbox;

import java.time.Duration;

/**
 * A command for a sandbox.
 *
 * @param script what {@code bash -c} gets
 * @param timeout wall time after which it is ended, at most {@link #LONGEST}
 */
public record Command(String script, Duration timeout) {

    /** The longest that a server can count, some 24 days: nobody waits longer. */
    public static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    public Command {
        timeout = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    }
}
