package dev.agon.pipelines.plan;

import java.util.Map;

/**
 * What the finished work of one role at one task took in one iteration of a run.
 *
 * @param role {@code agent}, {@code summariser} or {@code judge}
 * @param items rollouts, summaries, or matches of two candidates or more
 * @param voted matches that were voted on
 * @param tied matches among them whose votes were tied
 * @param units what the effort is counted by: rollouts, summaries or votes
 * @param steps of rollouts
 * @param effort of all of it together
 */
record TaskEffort(
        String role,
        String task,
        int iteration,
        double items,
        double voted,
        double tied,
        double units,
        double steps,
        Effort effort) {

    static TaskEffort of(Map<String, Object> row) {
        return new TaskEffort(
                (String) row.get("role"),
                (String) row.get("task_id"),
                (int) number(row, "iteration"),
                number(row, "items"),
                number(row, "voted"),
                number(row, "tied"),
                number(row, "units"),
                number(row, "steps"),
                new Effort(
                        number(row, "calls"),
                        number(row, "input"),
                        number(row, "cached"),
                        number(row, "cache_write"),
                        number(row, "output")));
    }

    /** The mean effort of a rollout or summary. */
    Effort ofOne() {
        return effort.times(1 / units);
    }

    /** The mean effort of a match, with so many votes in each match that is voted on, and so many more at a tie. */
    Effort ofMatch(int votes, int tieBreak) {
        return units == 0 ? Effort.NONE : effort.times((voted * votes + tied * tieBreak) / items / units);
    }

    TaskEffort plus(TaskEffort other) {
        return new TaskEffort(
                role,
                task,
                iteration,
                items + other.items,
                voted + other.voted,
                tied + other.tied,
                units + other.units,
                steps + other.steps,
                effort.plus(other.effort));
    }

    private static double number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).doubleValue();
    }
}
