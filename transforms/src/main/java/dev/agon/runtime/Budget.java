package dev.agon.runtime;

import dev.agon.journal.Spent;
import dev.agon.journal.Stop;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * What a whole run may buy, over all its workers and starts.
 *
 * @param usd most USD; null for no limit
 * @param tokens most tokens of prompts and answers; null for no limit
 */
public record Budget(Double usd, Long tokens) implements Serializable {

    public static final Budget NONE = new Budget(null, null);

    /** Why the run ends, once it has bought as much as it may. */
    Optional<Stop> exceededBy(Spent spent) {
        if (usd != null && spent.usd() >= usd) {
            return Optional.of(new Stop(
                    Stop.Kind.BUDGET,
                    String.format(
                            Locale.ROOT,
                            "the budget of $%s is used up: $%.4f were spent in %d calls. Raise budget.usd and run again"
                                    + " to go on from here",
                            usd,
                            spent.usd(),
                            spent.calls())));
        }
        if (tokens != null && spent.tokens() >= tokens) {
            return Optional.of(new Stop(
                    Stop.Kind.BUDGET,
                    "the budget of " + tokens + " tokens is used up: " + spent.tokens() + " were used in "
                            + spent.calls() + " calls. Raise budget.tokens and run again to go on from here"));
        }
        return Optional.empty();
    }
}
