package dev.agon.pipelines.plan;

import dev.agon.agent.AgentConfig;
import dev.agon.agent.AgentLimits;
import dev.agon.agent.AgentSizes;
import dev.agon.model.ModelConfig;
import dev.agon.pipelines.config.Experiment;
import dev.agon.prompts.Prompt;
import dev.agon.refine.LongestContext;
import dev.agon.refine.RefinementPlan;
import dev.agon.schemas.Task;
import dev.agon.summarize.SummarySizes;
import dev.agon.tournament.VoteSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a run takes at most: the calls and tokens of its agent, summariser and judge, and what they cost.
 *
 * <p>In: the experiment, its tasks, and the longest prompts that its models take. Out: a line for the rollouts of each iteration, one
 * for the summaries, one for the votes, and the largest single call. Texts are measured at their greatest length. The figures assume
 * that nothing is cached, that every limit is reached, and that every question is asked again. A figure without a limit is infinite.
 */
public final class WorstCase {

    private final Experiment experiment;
    private final List<Task> tasks;
    private final Map<String, Long> longestPrompts;
    private final AgentConfig agent;
    private final SummarySizes summaries;
    /** Most tokens of what an agent is shown of a command. */
    private final double observation;

    private final List<PlanLine> lines = new ArrayList<>();
    private Effort largestCall = Effort.NONE;
    private double dearestCall;

    /** @param longestPrompts tokens by the name of the model, where they are known */
    public WorstCase(Experiment experiment, List<Task> tasks, Map<String, Long> longestPrompts) {
        this.experiment = experiment;
        this.tasks = tasks;
        this.longestPrompts = longestPrompts;
        this.agent = experiment.rollouts().agent().compile(experiment.rollouts().limits());
        this.summaries = new SummarySizes(experiment.summarizer());
        this.observation = MostWork.tokens(agentSizes()
                .observation(experiment.rollouts().sandbox().limits().outputBytes()));
        for (int iteration = 0; iteration < experiment.iterations(); iteration++) {
            lines.add(rollouts(iteration));
        }
        lines.add(summaries());
        lines.add(votes());
    }

    List<PlanLine> lines() {
        return lines;
    }

    /** The most tokens of one call, number by number. */
    Effort largestCall() {
        return largestCall;
    }

    /** USD of the dearest call. */
    double dearestCall() {
        return dearestCall;
    }

    /** Whether a turn of the agent may hold several commands. */
    boolean callsTools() {
        return !agent.protocol().tools().isEmpty();
    }

    private PlanLine rollouts(int iteration) {
        AgentSizes sizes = agentSizes();
        AgentLimits limits = agent.limits();
        String context = iteration == 0 ? null : LongestContext.of(refinement(iteration), summaries.text());
        Effort sum = Effort.NONE;
        double usd = 0;
        boolean costLimited = false;
        for (Task task : tasks) {
            double opening = MostWork.tokens(sizes.opening(task, context));
            Effort most = Effort.NONE;
            double dearest = 0;
            // A rollout draws one model. The bound is that of the most expensive one.
            for (ModelConfig model : experiment.rollouts().models()) {
                double longest = longestPrompt(model);
                Effort rollout = MostWork.rollout(opening, model.maxTokens(), observation, limits.steps(), longest);
                Effort last = MostWork.lastCall(opening, model.maxTokens(), observation, limits.steps(), longest);
                call(model, last);
                most = most.or(rollout);
                double byTokens = cost(model, rollout);
                double byLimit = limits.costUsd() > 0 && model.price() != null
                        ? limits.costUsd() + cost(model, last)
                        : Double.POSITIVE_INFINITY;
                costLimited |= byLimit < byTokens;
                dearest = Math.max(dearest, Math.min(byTokens, byLimit));
            }
            sum = sum.plus(most.times(experiment.rolloutsPerTask()));
            usd += dearest * experiment.rolloutsPerTask();
        }
        return line(
                "agent, iteration " + iteration,
                experiment.rollouts().models(),
                (long) tasks.size() * experiment.rolloutsPerTask(),
                "rollouts",
                sum,
                usd,
                bounds(limits, costLimited));
    }

    private AgentSizes agentSizes() {
        return new AgentSizes(agent, experiment.rollouts().prompts().get(Prompt.TASK));
    }

    private static String bounds(AgentLimits limits, boolean costLimited) {
        List<String> bounds = new ArrayList<>();
        bounds.add(limits.steps() > 0 ? "step limit " + limits.steps() : "no step limit");
        if (costLimited) {
            bounds.add("cost limit $" + PlanText.usd(limits.costUsd()) + " and one call");
        }
        if (limits.steps() == 0 && !limits.wallTime().isZero()) {
            bounds.add("wall time limit " + limits.wallTime().toSeconds() + " s");
        }
        return String.join(", ", bounds) + " of each rollout";
    }

    private RefinementPlan refinement(int iteration) {
        return new RefinementPlan(
                experiment.context(),
                experiment.contextSize(),
                experiment.rolloutsPerTask(),
                iteration,
                0,
                experiment.rollouts().prompts());
    }

    private PlanLine summaries() {
        ModelConfig model = experiment.summarizer().model();
        double complaint = MostWork.tokens(summaries.complaint());
        double trace = SummarySizes.trace(
                agent.limits().steps(), (longestAnswer() + observation) * MostWork.CHARACTERS_PER_TOKEN);
        double mostParts = 0;
        int each = experiment.rolloutsPerTask() * experiment.iterations();
        Effort sum = Effort.NONE;
        for (Task task : summaries.asks() == 0 ? List.<Task>of() : tasks) {
            double question = MostWork.tokens(summaries.question(task.getStatement(), trace));
            double longest = longestPrompt(model);
            SummarySizes.Parts parts = summaries.parts(task.getStatement(), trace);
            sum = sum.plus(new Effort(
                            parts.calls(),
                            parts.characters() / MostWork.CHARACTERS_PER_TOKEN,
                            parts.calls() * model.maxTokens())
                    .times(each));
            mostParts = Math.max(mostParts, parts.calls());
            sum = sum.plus(MostWork.conversation(summaries.asks(), question, model.maxTokens(), complaint, longest)
                    .times(each));
            double last = question + (summaries.asks() - 1) * (model.maxTokens() + complaint);
            call(model, new Effort(1, Math.min(longest, last), model.maxTokens()));
        }
        return line(
                "summariser",
                List.of(model),
                (long) tasks.size() * each,
                "summaries",
                sum,
                cost(model, sum),
                summaries.asks() == 0
                        ? "traces cost nothing"
                        : "asked " + summaries.asks() + " times each"
                                + (mostParts == 0 ? "" : ", after notes on " + PlanText.count(mostParts) + " parts"));
    }

    private int longestAnswer() {
        return experiment.rollouts().models().stream()
                .mapToInt(ModelConfig::maxTokens)
                .max()
                .orElse(0);
    }

    private PlanLine votes() {
        ModelConfig model = experiment.judge().model();
        VoteSizes sizes = new VoteSizes(experiment.judge());
        List<Integer> matches = Matches.ofTask(experiment);
        int votes = experiment.judge().mostVotes();
        Effort sum = Effort.NONE;
        for (Task task : tasks) {
            Map<Integer, Long> bySize =
                    matches.stream().collect(Collectors.groupingBy(size -> size, Collectors.counting()));
            for (Map.Entry<Integer, Long> some : bySize.entrySet()) {
                double question = Math.min(
                        longestPrompt(model),
                        MostWork.tokens(sizes.question(task.getStatement(), summaries.text(), some.getKey())));
                double complaint = MostWork.tokens(sizes.complaint());
                double longest = longestPrompt(model);
                sum = sum.plus(MostWork.conversation(VoteSizes.ASKS, question, model.maxTokens(), complaint, longest)
                        .times((double) some.getValue() * votes));
                double last = question + (VoteSizes.ASKS - 1) * (model.maxTokens() + complaint);
                call(
                        model,
                        new Effort(1, Math.min(longest, last), (double) model.maxTokens() * model.samplesPerCall()));
            }
        }
        return line(
                "judge",
                List.of(model),
                (long) tasks.size() * matches.size(),
                "matches",
                sum,
                cost(model, sum),
                experiment.judge().votes() + " votes and " + VoteSizes.TIE_BREAK + " at a tie, asked " + VoteSizes.ASKS
                        + " times each");
    }

    private void call(ModelConfig model, Effort call) {
        largestCall = largestCall.or(call);
        dearestCall = Math.max(dearestCall, cost(model, call));
    }

    private double longestPrompt(ModelConfig model) {
        Long known = longestPrompts.get(model.name());
        return known == null ? Double.POSITIVE_INFINITY : known;
    }

    /** USD; 0 where no price is known, since the line then prints that it is unknown. */
    private static double cost(ModelConfig model, Effort effort) {
        return model.price() == null ? 0 : effort.highestCost(model.price());
    }

    private static PlanLine line(
            String work,
            List<ModelConfig> models,
            long amount,
            String unit,
            Effort effort,
            double usd,
            String because) {
        boolean known = effort.calls() == 0 || models.stream().allMatch(Prices::known);
        return new PlanLine(
                work,
                models.stream().map(ModelConfig::id).distinct().collect(Collectors.joining(", ")),
                PlanText.count(amount) + " " + unit,
                effort,
                known ? OptionalDouble.of(usd) : OptionalDouble.empty(),
                because);
    }
}
