package dev.agon.pipelines.run;

import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Shows how far a run is: one line that renews itself on a terminal, or a new line every ten seconds elsewhere. The time left is
 * estimated from the rollouts that this attempt has run, not from those it found in the journal.
 */
final class ProgressLine {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final double NANO = 1e9;

    private final PrintStream terminal;
    private final Clock clock;
    private final long rollouts;
    private final boolean unpriced;
    private final boolean renews = System.console() != null;
    private final Instant start;
    private Instant shown;

    /**
     * @param rollouts rollouts that there will be in all
     * @param unpriced whether the price of some model is unknown
     */
    ProgressLine(PrintStream terminal, Clock clock, long rollouts, boolean unpriced) {
        this.terminal = terminal;
        this.clock = clock;
        this.rollouts = rollouts;
        this.unpriced = unpriced;
        this.start = clock.instant();
        this.shown = start;
    }

    void show(Progress progress) {
        Instant now = clock.instant();
        if (renews) {
            terminal.print("\r\033[K" + line(progress, now));
            terminal.flush();
        } else if (Duration.between(shown, now).compareTo(BETWEEN_LINES) >= 0) {
            terminal.println(line(progress, now));
            shown = now;
        }
    }

    void end(Progress progress) {
        terminal.println((renews ? "\r\033[K" : "") + line(progress, clock.instant()));
    }

    String line(Progress progress, Instant now) {
        long done = progress.get(Counter.ROLLOUTS);
        long found = progress.get(Counter.ROLLOUTS_FROM_JOURNAL);
        Duration elapsed = Duration.between(start, now);
        StringBuilder line = new StringBuilder(clockTime(elapsed))
                .append("  rollouts ")
                .append(done)
                .append(" of ")
                .append(rollouts);
        if (found > 0) {
            line.append(" (").append(found).append(" from the journal)");
        }
        line.append(", summaries ").append(progress.get(Counter.SUMMARIES));
        line.append(", votes ").append(progress.get(Counter.VOTES));
        if (progress.get(Counter.INVALID_VOTES) > 0) {
            line.append(" and ").append(progress.get(Counter.INVALID_VOTES)).append(" invalid");
        }
        line.append(", failures ").append(progress.get(Counter.FAILURES));
        line.append(", tokens ").append(compact(progress.get(Counter.TOKENS)));
        long cost = progress.get(Counter.COST_NANO_USD);
        line.append(cost == 0 && unpriced ? ", cost unknown" : String.format(Locale.ROOT, ", $%.2f", cost / NANO));
        if (progress.get(Counter.IN_FLIGHT_LIMIT) > 0) {
            line.append(String.format(
                    Locale.ROOT,
                    ", calls in flight %d of %d",
                    progress.get(Counter.IN_FLIGHT),
                    progress.get(Counter.IN_FLIGHT_LIMIT)));
        }
        if (progress.get(Counter.RETRIES) > 0) {
            line.append(", tried again ").append(progress.get(Counter.RETRIES));
        }
        long ran = done - found;
        if (ran > 0 && done < rollouts) {
            line.append(", rollouts left ")
                    .append(clockTime(elapsed.multipliedBy(rollouts - done).dividedBy(ran)));
        }
        return line.toString();
    }

    private static String clockTime(Duration duration) {
        return duration.toHours() > 0
                ? String.format("%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart())
                : String.format("%d:%02d", duration.toMinutesPart(), duration.toSecondsPart());
    }

    private static String compact(long count) {
        if (count < 10_000) {
            return Long.toString(count);
        }
        return count < 10_000_000
                ? String.format(Locale.ROOT, "%.0fk", count / 1e3)
                : String.format(Locale.ROOT, "%.1fM", count / 1e6);
    }
}
