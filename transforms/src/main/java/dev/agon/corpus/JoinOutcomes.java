package dev.agon.corpus;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.PlacedTrial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Finds the rollout of each outcome of a task and makes its grade. Outcomes of tasks that the corpus does not have are left out: reports
 * often cover more. One that fits no attempt, or several, is a failure.
 */
final class JoinOutcomes implements MapEach.Work<KV<String, CoGbkResult>> {

    static final TupleTag<PlacedTrial> PLACED = new TupleTag<>("placed") {};
    static final TupleTag<CorpusOutcome> OUTCOMES = new TupleTag<>("outcomes") {};
    static final TupleTag<Grade> GRADES = new TupleTag<>("grades") {};

    private static final Comparator<CorpusOutcome> BEST_FIRST = Comparator.comparingInt(CorpusOutcome::getRank)
            .reversed()
            .thenComparing(CorpusOutcome::getSource)
            .thenComparingDouble(CorpusOutcome::getReward);

    @Override
    public void apply(KV<String, CoGbkResult> task, MapEach.Outputs out) {
        Map<String, PlacedTrial> trials = new HashMap<>();
        task.getValue().getAll(PLACED).forEach(placed -> trials.put(placed.getTrial(), placed));
        List<CorpusOutcome> outcomes = new ArrayList<>();
        task.getValue().getAll(OUTCOMES).forEach(outcomes::add);
        outcomes.sort(BEST_FIRST);
        Map<String, CorpusOutcome> taken = new HashMap<>();
        for (CorpusOutcome outcome : outcomes) {
            Optional<PlacedTrial> placed = placed(outcome, trials);
            if (placed.isEmpty() && !trials.isEmpty()) {
                out.give(MapConcurrently.FAILURES, unknown(outcome, trials.size()));
            } else if (placed.isPresent() && taken.putIfAbsent(placed.get().getRolloutId(), outcome) == null) {
                out.give(GRADES, grade(outcome, placed.get()));
            }
        }
    }

    private static Optional<PlacedTrial> placed(CorpusOutcome outcome, Map<String, PlacedTrial> trials) {
        if (outcome.getTrial() != null) {
            return Optional.ofNullable(trials.get(outcome.getTrial()));
        }
        return trials.size() == 1 ? trials.values().stream().findFirst() : Optional.empty();
    }

    private static Grade grade(CorpusOutcome outcome, PlacedTrial placed) {
        return Grade.newBuilder()
                .setRolloutId(placed.getRolloutId())
                .setTaskId(placed.getTaskId())
                .setIteration(0)
                .setResolved(outcome.getResolved())
                .setReward(outcome.getReward())
                .setReason(outcome.getResolved() ? null : "check_failed")
                .setDurationMs(0)
                .setSource(outcome.getSource())
                .build();
    }

    private static Failure unknown(CorpusOutcome outcome, int attempts) {
        String what = outcome.getTrial() == null
                ? "task `" + outcome.getTaskId() + "` has " + attempts
                        + " attempts: say of which the outcome is (column `trial`)"
                : "task `" + outcome.getTaskId() + "` has no attempt `" + outcome.getTrial() + "` in the corpus";
        return CorpusOutcomes.failure(
                "outcomes", outcome.getSource(), outcome.getTaskId(), "bad_input", "an outcome was left out: " + what);
    }
}
