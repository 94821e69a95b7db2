package dev.agon.tournament;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What simple rules select from the candidates of a tournament, so that a report can say what the tournament adds to them.
 *
 * <p>In: all candidates of a task. Out: a row for each rule. Equals are drawn by the seed. A task with a candidate of unknown facts has none.
 */
final class Baselines {

    private Baselines() {}

    static List<Selector> of(List<Contender> candidates, long seed) {
        if (candidates.stream().anyMatch(candidate -> candidate.getFacts() == null)) {
            return List.of();
        }
        Map<String, Integer> alike = new HashMap<>();
        candidates.forEach(candidate -> alike.merge(key(candidate), 1, Integer::sum));
        Map<String, Comparator<Contender>> rules = new LinkedHashMap<>();
        rules.put("random", (one, other) -> 0);
        rules.put(
                "fewest_steps",
                Comparator.comparingInt(candidate -> candidate.getFacts().getSteps()));
        rules.put(
                "fewest_output_tokens",
                Comparator.comparingLong(candidate -> candidate.getFacts().getOutputTokens()));
        rules.put("majority", Comparator.comparingInt(candidate -> -alike.get(key(candidate))));
        rules.put(
                "first_submitted",
                Comparator.comparing(
                                (Contender candidate) -> !candidate.getFacts().getSubmitted())
                        .thenComparing(Contender::getIndex));
        List<Selector> selected = new ArrayList<>();
        rules.forEach((rule, order) -> {
            Contender best = candidates.stream()
                    .min(order.thenComparingLong(
                            candidate -> Ids.seed(seed, "selector", rule, candidate.getRolloutId())))
                    .orElseThrow();
            selected.add(new Selector(best.getTaskId(), best.getIteration(), rule, best.getRolloutId()));
        });
        return selected;
    }

    /** Attempts that changed nothing agree on nothing. */
    private static String key(Contender candidate) {
        return EqualSubmissions.isChange(candidate) ? candidate.getSubmissionHash() : candidate.getRolloutId();
    }
}
