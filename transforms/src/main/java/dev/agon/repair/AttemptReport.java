package dev.agon.repair;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the summary of one earlier attempt says, as far as the policy understands it. It understands all of a summary of {@link
 * RepairSummarizer}. From other summaries it takes the outcome, the change, and sentences about passing and failing checks.
 *
 * @param untouched result of the visible check before any change
 * @param submission its result on the submission
 * @param kept edits in the submission
 * @param failed {@link EditNote#change()} of edits of the untouched program that failed
 * @param diff the change as a unified diff, empty when there is none
 */
record AttemptReport(
        Optional<CheckResult> untouched,
        Optional<CheckResult> submission,
        List<EditNote> kept,
        Set<String> failed,
        String diff) {

    static final String UNTOUCHED = "Visible check on the untouched program: ";
    static final String SUBMISSION = "Visible check on the submission: ";
    static final String KEPT = "Kept: ";
    static final String IN_VAIN = "In vain: ";
    static final String SUPPORT = "The change was reported by %d of %d earlier attempts";

    private static final String STEP = "=== Step ";
    private static final String ENDED = "\n=== Ended: ";
    private static final Pattern DIFF = Pattern.compile("```diff\\n(.*?)(?:\\n?```|(\\z))", Pattern.DOTALL);
    private static final Pattern SAYS_PASS = Pattern.compile(
            "\\b(?:check|checks|tests?)\\b[^.\\n]{0,200}\\bpass(?:es|ed)?\\b|\\ball (?:\\w+ ){0,2}(?:checks|tests) pass");
    private static final Pattern SAYS_FAIL = Pattern.compile(
            "\\b(?:not|never|no|still|none|cannot|does not|did not|partly|before)\\b|\\bfail",
            Pattern.CASE_INSENSITIVE);

    /** Reads a summary, or a trajectory as text, which is summarised first. */
    static AttemptReport of(String attempt) {
        int ended = attempt.lastIndexOf(ENDED);
        return attempt.contains(STEP)
                ? ofSummary(TrajectoryDigest.of(attempt).text() + (ended < 0 ? "" : attempt.substring(ended)))
                : ofSummary(attempt);
    }

    private static AttemptReport ofSummary(String summary) {
        Optional<CheckResult> untouched = result(summary, UNTOUCHED);
        Optional<CheckResult> submission = result(summary, SUBMISSION);
        Matcher diffs = DIFF.matcher(summary);
        String diff = "";
        while (diffs.find()) {
            diff = diffs.group(2) == null ? diffs.group(1) : diff;
        }
        Set<String> failed = new LinkedHashSet<>();
        List<EditNote> kept = List.of();
        for (String line : summary.substring(0, diff.isEmpty() ? summary.length() : summary.lastIndexOf(diff))
                .split("\n")) {
            if (line.contains(IN_VAIN) && !line.contains(RepairState.STACKED)) {
                EditNote.allIn(line.substring(line.indexOf(IN_VAIN))).forEach(note -> failed.add(note.change()));
            } else if (line.contains(KEPT) && kept.isEmpty()) {
                kept = EditNote.allIn(line);
            }
        }
        return new AttemptReport(
                untouched,
                submission.or(() -> saysPass(summary) ? CheckResult.fromWords("passes") : Optional.empty()),
                kept,
                failed,
                diff);
    }

    /** Whether the visible check passes with the change and fails without it. */
    boolean verified() {
        return submission.map(CheckResult::passed).orElse(false) && !uninformative();
    }

    boolean uninformative() {
        return untouched.map(CheckResult::passed).orElse(false);
    }

    private static Optional<CheckResult> result(String summary, String phrase) {
        int at = summary.indexOf(phrase);
        return at < 0 ? Optional.empty() : CheckResult.fromWords(summary.substring(at + phrase.length()));
    }

    /** Whether a sentence says that a check passes, and no word in it denies that. */
    private static boolean saysPass(String summary) {
        return summary.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> SAYS_PASS.matcher(line).find()
                        && !SAYS_FAIL.matcher(line).find());
    }
}
