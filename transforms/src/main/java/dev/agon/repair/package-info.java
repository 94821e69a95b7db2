/**
 * A program repair policy behind the interface of a chat model, so that a whole run needs neither network nor weights. It is not a
 * language model. As agent it tries single edits of the files that it has read, and follows the output of the visible check. As
 * summariser it lists the edits that were kept and those that failed. As judge it scores what the texts show. All three know only
 * their prompt. Nobody outside knows this room: it is one more provider of models.
 *
 * <p>{@code RepairAgent} decides the next command from {@code TaskPrompt} (the task) and {@code RepairState} (the state of
 * the conversation). {@code Proposals} chooses the next edit among the {@code AttemptReport}s of earlier attempts and the {@code
 * Candidates}, which {@code PythonEdits} and {@code TextEdits} propose. {@code FilePatch} writes an edit as a
 * command, {@code EditNote} names it in one line, {@code CheckResult} reads what a check prints. {@code TrajectoryDigest} has the parts of a summary,
 * which {@code RepairSummarizer} writes and {@code RepairJudge} reads.
 *
 * <p>Limits: one edit at a time (and edits on top of the best so far), files below 8.5 kB, text in UTF-8, no edits inside of
 * formatted strings of Python. It finds repairs without understanding them: an edit that passes a weak check is often wrong.
 */
package dev.agon.repair;
