package dev.agon.summarize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What stands for a rollout before judges and in refinement contexts. */
public enum Representation {
    /** A structured summary that a model wrote. */
    SUMMARY,
    /** The trajectory itself, cut to a bounded length; costs no call. */
    TRACE;

    /** The name in configuration files and tables. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Representation> of(String id) {
        return Arrays.stream(values()).filter(value -> value.id().equals(id)).findFirst();
    }
}
