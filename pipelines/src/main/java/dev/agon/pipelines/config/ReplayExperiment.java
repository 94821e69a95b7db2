package dev.agon.pipelines.config;

import dev.agon.corpus.CorpusConfig;
import dev.agon.runtime.Budget;
import dev.agon.summarize.SummarizerConfig;
import dev.agon.tournament.JudgeConfig;

/**
 * The checked configuration of a replay: what each step takes.
 *
 * @param name name of the experiment
 * @param seed seed of everything that is drawn at random
 * @param corpus which trajectories
 * @param contextSize survivors of the first selection (K)
 * @param groupSize most candidates in one match (G)
 * @param mergeEqual whether equal submissions of a task enter a tournament as one candidate
 * @param selectToOne whether the final goes on in the bracket of the selection, or draws anew
 * @param summarizer what the judge reads in place of a rollout
 * @param judge who votes, and how often (V)
 * @param budget what the whole run may buy
 * @param modelCalls most model calls in flight in one worker
 */
public record ReplayExperiment(
        String name,
        long seed,
        CorpusConfig corpus,
        int contextSize,
        int groupSize,
        boolean mergeEqual,
        boolean selectToOne,
        SummarizerConfig summarizer,
        JudgeConfig judge,
        Budget budget,
        int modelCalls)
        implements Purchases {}
