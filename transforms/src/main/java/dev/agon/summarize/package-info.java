/**
 * The step that turns each rollout into the text that the judge compares: a structured summary, or the trace. It never sees a
 * grade.
 */
package dev.agon.summarize;
