package dev.agon.pipelines.plan;

import dev.agon.model.ModelConfig;
import dev.agon.pipelines.config.Experiment;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints what a run would do, and what it takes and costs at most. */
public final class Plan {

    private final Experiment experiment;
    private final int tasks;
    private final WorstCase worst;
    private final BudgetBound budget;

    public Plan(Experiment experiment, int tasks, WorstCase worst, BudgetBound budget) {
        this.experiment = experiment;
        this.tasks = tasks;
        this.worst = worst;
        this.budget = budget;
    }

    /** Prints the plan, and below it the assumptions behind its figures. */
    public void print(PrintStream out) {
        out.printf(
                "%s: %s tasks x %d rollouts x %d iterations = %s rollouts%n%nAt most:%n",
                experiment.name(),
                PlanText.count(tasks),
                experiment.rolloutsPerTask(),
                experiment.iterations(),
                PlanText.count((double) tasks * experiment.rolloutsPerTask() * experiment.iterations()));
        PlanText.print(worst.lines(), out);
        out.println();
        budget.lines(PlanText.sum(worst.lines()), worst.largestCall(), worst.dearestCall())
                .forEach(line -> out.println("- " + line));
        notes().forEach(line -> out.println("- " + line));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("tokens: text counts as one token for every " + MostWork.CHARACTERS_PER_TOKEN
                + " characters, each answer as max_tokens. No token comes from a cache; a prompt costs as much as writing it"
                + " into a cache, where that is dearer");
        for (ModelConfig model : experiment.models()) {
            if (!Prices.known(model)) {
                notes.add("no price is known for " + model.id() + ": only its tokens are counted (set model.price, or"
                        + " model.prices)");
            }
        }
        if (worst.callsTools()) {
            notes.add("agent: one command in each turn; where a turn has several, their output comes on top");
        }
        notes.add("not counted: calls that an endpoint bills without answering them");
        return notes;
    }
}
