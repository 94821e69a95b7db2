/**
 * The step that reads a corpus: rollouts that somebody else ran, and their outcomes. It feeds the same summaries and
 * tournaments as a run does. Outcomes go to the grades, never to the selection.
 */
package dev.agon.corpus;
