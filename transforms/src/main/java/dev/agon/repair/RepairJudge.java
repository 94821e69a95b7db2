package dev.agon.repair;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatMessage.Speaker;
import dev.agon.model.ChatRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policy as a judge: it scores the text of each attempt and votes for the best. In: the judge's prompt, with summaries or cut
 * trajectories. Out: the scores in words and the vote. At temperature 0 the choice depends on the texts alone, not on their order.
 * Above 0, seeded noise in proportion to the temperature is added to the scores. These rules are Agon's own.
 */
final class RepairJudge {

    private static final Pattern TASK_FENCE = Pattern.compile("<task fence=\"([^\"]+)\">");
    private static final double NOISE = 0.5;

    String reply(ChatRequest request) {
        String prompt = request.messages().stream()
                .filter(message -> message.speaker() == Speaker.USER)
                .map(ChatMessage::content)
                .findFirst()
                .orElse("");
        Matcher fence = TASK_FENCE.matcher(prompt);
        List<String> attempts = TaskPrompt.fenced(prompt, "attempt", fence.find() ? fence.group(1) : "");
        if (attempts.isEmpty()) {
            return "There is no attempt to judge.";
        }
        SplittableRandom random = new SplittableRandom(request.sampling().seed());
        StringBuilder reasons = new StringBuilder();
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < attempts.size(); i++) {
            double score = score(attempts.get(i)) + NOISE * request.sampling().temperature() * random.nextGaussian();
            reasons.append(String.format(Locale.ROOT, "Attempt %d scores %.2f on its evidence.%n", i + 1, score));
            boolean same = score == bestScore && attempts.get(i).compareTo(attempts.get(best)) < 0;
            if (score > bestScore || same) {
                best = i;
                bestScore = score;
            }
        }
        return reasons + "\n<vote>" + (best + 1) + "</vote>";
    }

    /** Trials of this policy's own agent say more than anything else. Without them the score is that of the evidence, where there is some. */
    private static double score(String attempt) {
        AttemptReport report = AttemptReport.of(attempt);
        return report.untouched().isPresent()
                ? score(report)
                : HarnessFindings.in(attempt).map(HarnessFindings::score).orElseGet(() -> score(report));
    }

    /** One point is about the weight of one sure sign. */
    static double score(AttemptReport report) {
        double score = 0;
        if (report.submission().isPresent()) {
            CheckResult submission = report.submission().get();
            if (submission.passed()) {
                score += report.verified() ? 3 : 0.5;
            } else if (submission.failing().isPresent() && submission.total().orElse(0) > 0) {
                score += 1
                        - submission.failing().getAsInt()
                                / (double) submission.total().getAsInt();
            }
        } else if (report.claimsSolved()) {
            score += 0.5;
        }
        for (EditNote note : report.kept()) {
            score += 0.6 * Math.log(note.editKind().map(EditKind::weight).orElse(1.0));
        }
        return score
                + 0.4 * report.support()
                - (report.kept().isEmpty() && report.diff().isEmpty() ? 2 : 0);
    }

    /**
     * The evidence that Agon found in the record of an attempt, read from the last lines of the attempt's text.
     *
     * @param submitted whether the attempt submitted its work by itself
     * @param outputTokens tokens that the model wrote in it, at least 1
     * @param claimsSuccess whether its last words claim success
     * @param agreement mean likeness to the other attempts at the task in written files and last outputs, from 0 to 1; 0 where it is
     *     not said
     */
    record HarnessFindings(boolean submitted, long outputTokens, boolean claimsSuccess, double agreement) {

        private static final String HEADING = "Found in the record by the harness, not claimed by the attempt:";
        private static final Pattern ENDED = Pattern.compile(
                "^- Ended: (submitted|stopped before it submitted), \\d+ steps, (\\d{1,15}) output tokens",
                Pattern.MULTILINE);
        private static final Pattern CLAIM = Pattern.compile("^- Last words: claim success", Pattern.MULTILINE);
        private static final Pattern AGREEMENT = Pattern.compile(
                "^- Agreement with \\d+ other attempts: written files ([0-9.]{1,6})%, last outputs ([0-9.]{1,6})%",
                Pattern.MULTILINE);

        private static final double SUBMITTED = 3;
        private static final double FEWER_TOKENS = 2;
        private static final double CLAIM_OF_SUCCESS = 1;
        private static final double AGREED = 10;

        /** Reads the evidence below the last heading. An earlier heading may be in the attempt's own words. */
        static Optional<HarnessFindings> in(String text) {
            int heading = text.lastIndexOf(HEADING);
            if (heading < 0) {
                return Optional.empty();
            }
            String findings = text.substring(heading);
            Matcher ended = ENDED.matcher(findings);
            if (!ended.find()) {
                return Optional.empty();
            }
            Matcher agreement = AGREEMENT.matcher(findings);
            return Optional.of(new HarnessFindings(
                    ended.group(1).equals("submitted"),
                    Math.max(1, Long.parseLong(ended.group(2))),
                    CLAIM.matcher(findings).find(),
                    agreement.find()
                            ? (Double.parseDouble(agreement.group(1)) + Double.parseDouble(agreement.group(2))) / 200
                            : 0));
        }

        /**
         * A higher score means a better attempt. Only differences within one task mean something. There are four signs, with
         * round weights that were not fitted. An attempt that was stopped seldom solves the task. An attempt that needed half as
         * many tokens met fewer obstacles. An attempt that does not claim success at its end often had none. Attempts that
         * reached the same files and outputs independently support each other: 10 points of likeness weigh as much as a claim.
         * The results of last checks, return codes and admissions of failure were tried, and say almost nothing.
         */
        double score() {
            return (submitted ? SUBMITTED : 0)
                    - FEWER_TOKENS * Math.log(outputTokens)
                    + (claimsSuccess ? CLAIM_OF_SUCCESS : 0)
                    + AGREED * agreement;
        }
    }
}
