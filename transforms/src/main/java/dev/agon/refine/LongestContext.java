package dev.agon.refine;

import dev.agon.schemas.Contender;
import java.util.List;
import java.util.stream.IntStream;

/** The longest refinement context that a plan can lead to. */
public final class LongestContext {

    private LongestContext() {}

    /**
     * Such a context, as long as real ones can be; null where rollouts get none.
     *
     * @param plan how contexts are made
     * @param text characters of each summary in it
     */
    public static String of(RefinementPlan plan, int text) {
        int summaries = plan.mode() == ContextMode.SINGLE ? 1 : Math.min(plan.size(), plan.rollouts());
        List<Contender> contenders = IntStream.range(0, summaries)
                .mapToObj(index -> Contender.newBuilder()
                        .setRolloutId("")
                        .setTaskId("")
                        .setIteration(plan.iteration() - 1)
                        .setIndex(index)
                        .setStatement("")
                        .setText("x".repeat(text))
                        .build())
                .toList();
        return new ContextWriter(plan)
                .write("", contenders).stream()
                        .map(context -> context.getText())
                        .findFirst()
                        .orElse(null);
    }
}
