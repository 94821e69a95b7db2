package dev.agon.refine;

import java.io.Serializable;

/**
 * How refinement contexts are made.
 *
 * @param mode what they hold
 * @param size summaries in one context (K); a single predecessor counts as one
 * @param rollouts slots of the next iteration (N)
 * @param iteration the next iteration
 * @param seed the run's seed, for drawing at random
 */
public record RefinementPlan(ContextMode mode, int size, int rollouts, int iteration, long seed)
        implements Serializable {}
