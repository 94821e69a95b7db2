package dev.agon.pipelines.plan;

import dev.agon.runtime.Budget;
import dev.agon.runtime.RunControl;
import java.util.ArrayList;
import java.util.List;

/**
 * The most that a run with a budget spends. The run checks its budget before it buys a call. Calls that are in flight when the
 * budget is reached are paid on top.
 *
 * @param budget what the run may buy
 * @param inFlight most calls in flight in all workers together
 * @param workers number of workers; each learns with a delay what the others bought
 */
public record BudgetBound(Budget budget, long inFlight, int workers) {

    /** The most USD that a run spends with a budget in USD. */
    double usd(double dearestCall) {
        return budget.usd() + inFlight * dearestCall;
    }

    /** The most tokens that a run uses with a budget in tokens. */
    double tokens(Effort largestCall) {
        return budget.tokens() + inFlight * (largestCall.input() + largestCall.output());
    }

    /**
     * The bounds in words, one line for each.
     *
     * @param sum what the run takes at most without a budget
     */
    List<String> lines(PlanLine sum, Effort largestCall, double dearestCall) {
        List<String> lines = new ArrayList<>();
        double tokens = sum.effort().input() + sum.effort().output();
        if (budget.usd() != null) {
            lines.add(
                    sum.usd().orElse(Double.POSITIVE_INFINITY) < budget.usd()
                            ? "budget.usd, $" + PlanText.usd(budget.usd()) + ", cannot be reached"
                            : "budget.usd stops the run at $" + PlanText.usd(budget.usd())
                                    + "; with what is in flight then, at most "
                                    + PlanText.count(inFlight) + " calls of up to $" + PlanText.usd(dearestCall)
                                    + ", it spends $" + PlanText.usd(usd(dearestCall)) + " at most" + others());
        }
        if (budget.tokens() != null) {
            lines.add(
                    tokens < budget.tokens()
                            ? "budget.tokens, " + PlanText.count(budget.tokens()) + ", cannot be reached"
                            : "budget.tokens stops the run at " + PlanText.count(budget.tokens())
                                    + " tokens; with what is in flight then, at most " + PlanText.count(inFlight)
                                    + " calls of up to " + PlanText.count(largestCall.input() + largestCall.output())
                                    + ", it uses " + PlanText.count(tokens(largestCall)) + " at most" + others());
        }
        if (lines.isEmpty()) {
            lines.add("there is no budget: budget.usd or budget.tokens stops a run that has bought as much");
        }
        return lines;
    }

    private String others() {
        return workers == 1
                ? ""
                : ", and what " + (workers - 1) + " other workers buy within the "
                        + RunControl.LEARNED_WITHIN.toSeconds()
                        + " s, and the time that the journal's store takes, until they learn of it";
    }
}
