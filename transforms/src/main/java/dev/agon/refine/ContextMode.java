package dev.agon.refine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rollout of a later iteration is told of the iteration before (Parallel-Distill-Refine, arXiv 2604.16529). */
public enum ContextMode {
    /** Nothing: iterations are independent. */
    NONE,
    /** The summary of its own predecessor, the rollout of the same slot; where that failed, the slot fails too. */
    SINGLE,
    /** Summaries drawn at random, anew for each rollout. */
    RANDOM,
    /** The survivors of a tournament, shared by all rollouts. */
    SELECT;

    /** The name in configuration files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether every slot has a context; one without means that there was nothing to make it of. */
    public boolean isForEverySlot() {
        return this != NONE;
    }

    public static Optional<ContextMode> of(String id) {
        return Arrays.stream(values()).filter(mode -> mode.id().equals(id)).findFirst();
    }
}
