/**
 * The step that builds the context of each rollout of the next iteration from summaries of this one. It never sees a grade.
 */
package dev.agon.refine;
