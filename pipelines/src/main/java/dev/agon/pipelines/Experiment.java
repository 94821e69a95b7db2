package dev.agon.pipelines;

import dev.agon.refine.ContextMode;
import dev.agon.rollout.RolloutConfig;
import dev.agon.summarize.SummarizerConfig;
import dev.agon.tasks.TasksConfig;
import dev.agon.tournament.JudgeConfig;

/**
 * A run's configuration after it was checked: what each step takes.
 *
 * @param name name of the experiment
 * @param seed seed of everything that is drawn at random
 * @param tasks which tasks
 * @param rollouts agent, model, sandbox and grading
 * @param rolloutsPerTask slots of each task and iteration (N)
 * @param iterations iterations (T)
 * @param context what rollouts of later iterations are told
 * @param contextSize summaries in one refinement context (K)
 * @param groupSize most candidates in one match (G)
 * @param summarizer what stands for a rollout
 * @param judge who votes, and how often (V)
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
        SummarizerConfig summarizer,
        JudgeConfig judge,
        int modelCalls) {}
