package dev.agon.refine;

import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RefinementContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the refinement contexts of one task.
 *
 * <p>In: the contenders to draw from; for {@code select} the survivors by rank, else all that were summarised. Out: one shared
 * context, or one for each slot. A slot whose predecessor was lost to infrastructure gets none and starts afresh.
 */
final class ContextWriter {

    private final RefinementPlan plan;
    private final Template template;

    ContextWriter(RefinementPlan plan) {
        this.plan = plan;
        this.template = plan.prompts().get(Prompt.CONTEXT);
    }

    List<RefinementContext> write(String taskId, List<Contender> contenders) {
        List<Contender> bySlot = new ArrayList<>(contenders);
        bySlot.sort(Comparator.comparingInt(Contender::getIndex));
        return switch (plan.mode()) {
            case NONE -> List.of();
            case SELECT -> List.of(context(taskId, taskId + "/" + plan.iteration() + "/shared", byRank(contenders)));
            case SINGLE ->
                bySlot.stream()
                        .filter(predecessor -> predecessor.getIndex() < plan.rollouts())
                        .map(predecessor ->
                                context(taskId, slotId(taskId, predecessor.getIndex()), List.of(predecessor)))
                        .collect(Collectors.toList());
            case RANDOM ->
                IntStream.range(0, plan.rollouts())
                        .mapToObj(slot -> context(taskId, slotId(taskId, slot), draw(taskId, slot, bySlot)))
                        .collect(Collectors.toList());
        };
    }

    private static List<Contender> byRank(List<Contender> survivors) {
        return survivors.stream()
                .sorted(Comparator.comparingInt(Contender::getRank))
                .collect(Collectors.toList());
    }

    private List<Contender> draw(String taskId, int slot, List<Contender> bySlot) {
        List<Contender> drawn = new ArrayList<>(bySlot);
        Collections.shuffle(drawn, new Random(Ids.seed(plan.seed(), "context", taskId, plan.iteration(), slot)));
        return drawn.subList(0, Math.min(plan.size(), drawn.size()));
    }

    private String slotId(String taskId, int slot) {
        return Ids.rolloutId(taskId, plan.iteration(), slot);
    }

    private RefinementContext context(String taskId, String contextId, List<Contender> attempts) {
        List<String> texts = attempts.stream().map(Contender::getText).collect(Collectors.toList());
        List<String> evidence = attempts.stream()
                .map(Contender::getEvidence)
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
        Map<String, Object> values = new HashMap<>();
        values.put("attempts", texts);
        values.put("evidence", evidence.size() == texts.size() ? evidence : null);
        values.put(
                "fence",
                Fence.around(Stream.concat(texts.stream(), evidence.stream()).toList()));
        return new RefinementContext(
                contextId,
                taskId,
                plan.iteration(),
                attempts.stream().map(Contender::getRolloutId).collect(Collectors.toList()),
                template.render(values));
    }
}
