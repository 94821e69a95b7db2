package dev.agon.pipelines.plan;

import java.util.Locale;

/** What an estimate rests on, in few words: the means of the run that was seen. */
final class LikeWords {

    private LikeWords() {}

    static String of(TaskEffort seen) {
        Effort effort = seen.effort();
        String call = effort.calls() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; a call has %,.0f tokens in (%.0f %% cached), %,.0f out",
                        effort.input() / effort.calls(),
                        effort.input() == 0 ? 0 : 100 * effort.cached() / effort.input(),
                        effort.output() / effort.calls());
        String work = switch (seen.role()) {
            case "agent" -> String.format(Locale.ROOT, "%.1f steps a rollout", seen.steps() / seen.units());
            case "summariser" -> String.format(Locale.ROOT, "%.2f asks a summary", effort.calls() / seen.units());
            default ->
                String.format(
                        Locale.ROOT,
                        "%.0f %% of matches need no vote, %.2f asks a vote",
                        100 * (1 - seen.voted() / seen.items()),
                        seen.units() == 0 ? 0 : effort.calls() / seen.units());
        };
        return work + call;
    }
}
