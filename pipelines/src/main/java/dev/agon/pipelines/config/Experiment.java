package dev.agon.pipelines.config;

import dev.agon.model.ModelConfig;
import dev.agon.refine.ContextMode;
import dev.agon.rollout.RolloutConfig;
import dev.agon.runtime.Budget;
import dev.agon.summarize.SummarizerConfig;
import dev.agon.tasks.TasksConfig;
import dev.agon.tournament.JudgeConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The checked configuration of a run: what each step takes. The letters are the paper's (arXiv 2604.16529).
 *
 * @param name name of the experiment
 * @param seed seed of everything that is drawn at random
 * @param tasks which tasks
 * @param rollouts agent, model, sandbox and grading
 * @param rolloutsPerTask slots of each task and iteration (N)
 * @param iterations iterations (T)
 * @param context which summaries rollouts of later iterations are shown
 * @param contextSize summaries in one refinement context (K)
 * @param groupSize most candidates in one match (G)
 * @param mergeEqual whether equal submissions of a task enter a tournament as one candidate
 * @param selectToOne whether a tournament to K goes on to one, for the figure
 * @param summarizer what the judge reads in place of a rollout
 * @param judge who votes, and how often (V)
 * @param budget what the whole run may buy
 * @param modelCalls most model calls in flight in one worker
 */
public record Experiment(
        String name,
        long seed,
        TasksConfig tasks,
        RolloutConfig rollouts,
        int rolloutsPerTask,
        int iterations,
        ContextMode context,
        int contextSize,
        int groupSize,
        boolean mergeEqual,
        boolean selectToOne,
        SummarizerConfig summarizer,
        JudgeConfig judge,
        Budget budget,
        int modelCalls)
        implements Purchases {

    @Override
    public Set<ModelConfig> models() {
        Set<ModelConfig> models = new LinkedHashSet<>(rollouts.models());
        models.addAll(Purchases.super.models());
        return models;
    }

    @Override
    public Map<String, String> prompts() {
        Map<String, String> prompts = new LinkedHashMap<>(Purchases.super.prompts());
        prompts.put("agent.config", rollouts.agent().yaml());
        return prompts;
    }

    /** How many endpoints the models have. Each has its own calls in flight. At least 1. */
    public long endpoints() {
        return Math.max(
                1,
                models().stream()
                        .map(ModelConfig::endpoint)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count());
    }
}
