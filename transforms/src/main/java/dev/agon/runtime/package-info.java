/**
 * What belongs to one run on one worker: its permits and endpoints, what it has spent, its heartbeat and the flag that stops
 * it. Steps come here for a model; nothing in here knows a step.
 */
package dev.agon.runtime;
