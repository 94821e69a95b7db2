package dev.agon.refine;

import dev.agon.prompts.Prompts;
import java.io.Serializable;

/**
 * How refinement contexts are made.
 *
 * @param mode what they hold
 * @param size summaries in one context (K); a single predecessor counts as one
 * @param rollouts slots of the next iteration (N)
 * @param iteration the next iteration
 * @param seed the run's seed, for drawing at random
 * @param prompts among them that of a context
 */
public record RefinementPlan(ContextMode mode, int size, int rollouts, int iteration, long seed, Prompts prompts)
        implements Serializable {}
