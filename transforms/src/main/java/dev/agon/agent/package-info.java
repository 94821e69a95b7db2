/**
 * The agents' loop: ask the model, run its command, add the observation, until it submits or reaches a limit. It knows models,
 * sandboxes and prompts; it does not know the grade.
 */
package dev.agon.agent;
