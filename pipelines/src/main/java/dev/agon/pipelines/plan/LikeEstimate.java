package dev.agon.pipelines.plan;

import dev.agon.model.ModelConfig;
import dev.agon.pipelines.config.Experiment;
import dev.agon.summarize.Representation;
import dev.agon.tournament.VoteSizes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run is likely to take, estimated from an earlier run. It takes the earlier run's tokens for each rollout, summary and vote.
 * It scales them to the tasks, rollouts, matches and votes of this run, and uses this run's prices. Each task of the earlier run has
 * the same weight. The estimate and its interval are Agon's own.
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

    /** 95 % interval of the cost. Empty when the earlier run had one task only, or when a price is not known. */
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
            // A task whose work failed counts as the mean of the other tasks.
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
                because(seen.values().stream().reduce(TaskEffort::plus).orElseThrow())));
    }

    /** What the estimate rests on, in few words: the means of the earlier run. */
    private static String because(TaskEffort seen) {
        Effort effort = seen.effort();
        String call = effort.calls() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; a call has %,.0f tokens in (%.0f %% cached), %,.0f out",
                        effort.input() / effort.calls(),
                        effort.input() == 0 ? 0 : 100 * effort.cached() / effort.input(),
                        effort.output() / effort.calls());
        String work = switch (seen.role()) {
            case "agent" -> String.format(Locale.ROOT, "%.1f steps a rollout", seen.steps() / seen.units());
            case "summariser" -> String.format(Locale.ROOT, "%.2f asks a summary", effort.calls() / seen.units());
            default ->
                String.format(
                        Locale.ROOT,
                        "%.0f %% of matches need no vote, %.2f asks a vote",
                        100 * (1 - seen.voted() / seen.items()),
                        seen.units() == 0 ? 0 : effort.calls() / seen.units());
        };
        return work + call;
    }
}
