package dev.agon.repair;

import dev.agon.model.ChatRequest;
import dev.agon.schemas.Facts;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The policy as a judge. In: what the harness knows of each candidate, in the order of presentation. Out: the scores in words and the vote.
 * It reads no text of a rollout, so that none can tell it what to choose. At temperature 0 the choice depends on the facts alone, of equal
 * ones the first shown. Above 0, seeded noise in proportion to the temperature is added to the scores. These rules are Agon's own.
 *
 * <p>Its signs are few, with round weights that were not fitted. The visible check passes, and failed before; that it passes says little where
 * it passed before any change. The attempt ended by itself. It took fewer tokens, since it met fewer obstacles:
 * where nothing was checked, that sign does as well as any combination that was tried (README, Baselines).
 */
final class RepairJudge {

    private static final double NOISE = 0.5;

    private static final double SUBMITTED = 3;
    private static final double CHECKED = 3;
    private static final double UNINFORMATIVE = 0.5;
    private static final double CHANGED = 2;
    private static final double FEWER_TOKENS = 2;
    private static final double FEWER_TOKENS_BESIDE_A_CHECK = 0.3;

    String reply(ChatRequest request) {
        List<Facts> candidates = request.facts();
        if (candidates.isEmpty()) {
            return "There is no attempt to judge.";
        }
        SplittableRandom random = new SplittableRandom(request.sampling().seed());
        StringBuilder reasons = new StringBuilder();
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            double score = score(candidates.get(i)) + NOISE * request.sampling().temperature() * random.nextGaussian();
            reasons.append(String.format(Locale.ROOT, "Attempt %d scores %.2f on its record.%n", i + 1, score));
            if (score > bestScore) {
                best = i;
                bestScore = score;
            }
        }
        return reasons + "\n<vote>" + (best + 1) + "</vote>";
    }

    /** One point is about the weight of one sure sign. Only differences within one task mean something. */
    static double score(Facts facts) {
        boolean checked = facts.getCheckAfter() != null;
        return (facts.getSubmitted() ? SUBMITTED : 0)
                + (facts.getChanged() ? CHANGED : 0)
                + (checked && facts.getCheckAfter()
                        ? Boolean.TRUE.equals(facts.getCheckBefore()) ? UNINFORMATIVE : CHECKED
                        : 0)
                - (checked ? FEWER_TOKENS_BESIDE_A_CHECK : FEWER_TOKENS) * Math.log(facts.getOutputTokens());
    }
}
