package dev.agon.repair;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatMessage.Speaker;
import dev.agon.model.ChatRequest;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policy as a judge: scores what each attempt's text shows and votes for the best. In: the judge's prompt, with summaries or cut
 * trajectories. Out: the scores in words and the vote. At temperature 0 the choice depends on the texts alone, not on their order;
 * above 0 seeded noise in proportion to the temperature is added to the scores.
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

    /** Trials of this policy's own agent say more than any sign; where there are none, the harness's findings count, if it gives them. */
    private static double score(String attempt) {
        AttemptReport report = AttemptReport.of(attempt);
        return report.untouched().isPresent()
                ? score(report)
                : HarnessFindings.in(attempt).map(HarnessFindings::score).orElseGet(() -> score(report));
    }

    /** In units of which one is about the weight of one sure sign. */
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
}
