/**
 * A program repair policy behind the interface of a chat model, so that a whole run needs neither network nor weights. It is not a
 * language model: as agent it tries single edits of the files it has read and goes by what the visible check prints; as summariser
 * it lists what was kept and what was tried in vain; as judge it counts evidence. All three know their prompt alone.
 *
 * <p>{@code RepairAgent} decides the next command from {@code TaskPrompt} (what is asked) and {@code RepairState} (what the
 * conversation has established). {@code Proposals} chooses the next edit among what {@code AttemptReport}s of earlier attempts say
 * and the {@code Candidates}, which {@code PythonEdits} and {@code TextEdits} propose. {@code FilePatch} writes an edit as a
 * command, {@code EditNote} names it in one line, {@code CheckResult} reads what a check prints. {@code TrajectoryDigest} is what
 * {@code RepairSummarizer} says and {@code RepairJudge} reads.
 *
 * <p>Limits: one edit at a time (and edits on top of the best so far), files below 8.5 kB, text in UTF-8, Python syntax without
 * formatted strings' insides. Its successes are found, not understood: an edit that passes a weak check is often wrong.
 */
package dev.agon.repair;
