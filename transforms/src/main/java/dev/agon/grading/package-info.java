/**
 * The grader: it runs the hidden check of a task on what a rollout submitted. Only the step that runs rollouts may come here.
 */
package dev.agon.grading;
