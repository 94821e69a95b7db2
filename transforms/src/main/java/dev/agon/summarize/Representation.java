package dev.agon.summarize;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands for a rollout before judges and in refinement contexts. */
public enum Representation {
    /** A structured summary that a model wrote. */
    SUMMARY,
    /** The trajectory itself, cut to a bounded length; costs no call. */
    TRACE,
    /** The same in place of a summary whose answers were malformed; not to be asked for. */
    TRACE_FALLBACK;

    /** The name in configuration files and tables. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Representation> of(String id) {
        return Stream.of(SUMMARY, TRACE).filter(value -> value.id().equals(id)).findFirst();
    }
}
