package dev.agon.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far each rollout of a task agrees with the others. Independent rollouts that reach the same result are more often right. The rule
 * is Agon's own.
 *
 * <p>In: the sketches of all rollouts of one task. Out: a line for each, in the same order, to be added to the lines of {@link
 * Evidence}. It depends on the set of rollouts alone, and on no outcome.
 */
public final class Agreement {

    /** Both sketches of one rollout. */
    public record Sketches(List<Integer> written, List<Integer> shown) {}

    private Agreement() {}

    public static List<String> lines(List<Sketches> attempts) {
        List<String> lines = new ArrayList<>();
        for (Sketches attempt : attempts) {
            lines.add(line(attempt, attempts));
        }
        return lines;
    }

    private static String line(Sketches attempt, List<Sketches> all) {
        int others = all.size() - 1;
        if (others == 0) {
            return "- Agreement with other attempts: there is no other";
        }
        double written = -Sketch.likeness(attempt.written(), attempt.written());
        double shown = -Sketch.likeness(attempt.shown(), attempt.shown());
        for (Sketches other : all) {
            written += Sketch.likeness(attempt.written(), other.written());
            shown += Sketch.likeness(attempt.shown(), other.shown());
        }
        return String.format(
                Locale.ROOT,
                "- Agreement with %d other attempts: written files %.1f%%, last outputs %.1f%%",
                others,
                100 * Math.max(0, written) / others,
                100 * Math.max(0, shown) / others);
    }
}
