/**
 * The step that runs rollouts: plan the slots of an iteration, run the agent in a fresh sandbox, grade what it submits, journal
 * all of it. With {@code corpus} it is the only step that may see a grade.
 */
package dev.agon.rollout;
