/**
 * Work on elements. That which waits for something outside, such as a model or a sandbox, has a bounded number of calls in flight, and
 * every element ends as a result or as a failure. Any step may use it; it knows no step.
 */
package dev.agon.concurrency;
