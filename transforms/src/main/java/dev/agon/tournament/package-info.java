/**
 * Recursive Tournament Voting: the step that narrows a population of rollouts by matches whose votes a model gives. It compares
 * texts and never sees a grade.
 */
package dev.agon.tournament;
