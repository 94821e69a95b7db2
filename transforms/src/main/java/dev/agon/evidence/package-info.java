/**
 * Evidence: what the record of a rollout shows, found without a model. It has the checks that ran and their results, the files that were
 * written, how the rollout ended, how far it agrees with other rollouts of the task, and signs that it saw what it should not have. The
 * classes are plain functions of rollouts: no grade, no outcome, no clock. They accept anything that a command can print. Steps that
 * summarise may come here.
 */
package dev.agon.evidence;
