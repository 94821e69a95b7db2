package dev.agon.pipelines.plan;

import dev.agon.model.ModelConfig;
import dev.agon.pipelines.config.Experiment;
import dev.agon.summarize.Representation;
import dev.agon.tournament.VoteSizes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run is likely to take, from what an earlier one took: its tokens per rollout, summary and vote, scaled to this run's tasks,
 * rollouts, matches and votes, and priced with this run's prices. Each task of the earlier run weighs the same.
 */
public final class LikeEstimate {

    private final Experiment experiment;
    private final int tasks;
    private final LikeRun like;
    private final List<PlanLine> lines = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, Double> usdByTask = new HashMap<>();

    /** @param tasks how many tasks this run has */
    public LikeEstimate(Experiment experiment, int tasks, LikeRun like) {
        this.experiment = experiment;
        this.tasks = tasks;
        this.like = like;
        like.tasks().forEach(task -> usdByTask.put(task, 0.0));
        ModelConfig summarizer = experiment.summarizer().model();
        ModelConfig judge = experiment.judge().model();
        int rollouts = experiment.rolloutsPerTask();
        for (int iteration = 0; iteration < experiment.iterations(); iteration++) {
            add("agent", "rollouts", iteration, rollouts, experiment.rollouts().models(), TaskEffort::ofOne);
            if (experiment.summarizer().representation() == Representation.SUMMARY) {
                add("summariser", "summaries", iteration, rollouts, List.of(summarizer), TaskEffort::ofOne);
            }
            int matches = Matches.ofTask(experiment, iteration).size();
            int votes = experiment.judge().votes();
            add("judge", "matches", iteration, matches, List.of(judge), one -> one.ofMatch(votes, VoteSizes.TIE_BREAK));
        }
    }

    List<PlanLine> lines() {
        return lines;
    }

    /** 95 % interval of what the run costs; empty when one task was seen, or a price is not known. */
    Optional<TaskInterval> interval() {
        return PlanText.sum(lines).usd().isEmpty()
                ? Optional.empty()
                : TaskInterval.of(List.copyOf(usdByTask.values()), tasks);
    }

    /** Prints the estimate and its interval. */
    public void print(PrintStream out) {
        out.printf("%nLikely, by the %s tasks of that run:%n", PlanText.count(usdByTask.size()));
        PlanText.print(lines, out);
        out.println();
        interval()
                .ifPresentOrElse(
                        interval -> out.printf(
                                "- 95 %% interval of the cost, with tasks as what is sampled: $%s to $%s%n",
                                PlanText.usd(interval.low()), PlanText.usd(interval.high())),
                        () -> out.println("- there is no interval of the cost: it takes two tasks and known prices"));
        missing.forEach(line -> out.println("- " + line));
    }

    private void add(
            String role,
            String unit,
            int iteration,
            int perTask,
            List<ModelConfig> models,
            Function<TaskEffort, Effort> ofOne) {
        if (perTask == 0) {
            return;
        }
        OptionalInt known = like.nearest(role, iteration);
        if (known.isEmpty()) {
            missing.add("that run has no " + unit + ": what the " + role + " takes in iteration " + iteration
                    + " is not in the estimate");
            return;
        }
        if (known.getAsInt() != iteration) {
            missing.add(role + ", iteration " + iteration + ": that run has none, its iteration " + known.getAsInt()
                    + " stands for it");
        }
        Map<String, TaskEffort> seen = like.byTask(role, known.getAsInt());
        Map<String, Effort> each = seen.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> ofOne.apply(entry.getValue()).times(perTask)));
        Effort mean = each.values().stream().reduce(Effort.NONE, Effort::plus).times(1.0 / each.size());
        boolean priced = models.stream().allMatch(Prices::known);
        if (priced) {
            // A task that lost this work to failures stands as the mean of the others.
            usdByTask.replaceAll(
                    (task, usd) -> usd + each.getOrDefault(task, mean).cost(Prices.mean(models)));
        }
        Effort effort = mean.times(tasks);
        lines.add(new PlanLine(
                role + ", iteration " + iteration,
                models.stream().map(ModelConfig::id).distinct().collect(Collectors.joining(", ")),
                PlanText.count((double) tasks * perTask) + " " + unit,
                effort,
                priced ? OptionalDouble.of(effort.cost(Prices.mean(models))) : OptionalDouble.empty(),
                LikeWords.of(seen.values().stream().reduce(TaskEffort::plus).orElseThrow())));
    }
}
