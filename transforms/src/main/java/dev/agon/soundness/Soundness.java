package dev.agon.soundness;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether one task can tell a solution from none: its reference solution must pass the hidden check each time, and doing nothing must
 * pass it never.
 *
 * @param taskId the task
 * @param reference how often the reference solution passed
 * @param nothing how often the task passed as it stands
 * @param times how often each was graded
 * @param problems what keeps the task from being sound, each a clause whose subject is the task; empty when it is sound
 */
public record Soundness(String taskId, int reference, int nothing, int times, List<String> problems) {

    public boolean sound() {
        return problems.isEmpty();
    }

    /** Of a task that was graded each time. */
    static Soundness graded(String taskId, int reference, int nothing, int times, String output) {
        List<String> problems = new ArrayList<>();
        if (reference == 0) {
            problems.add("is not resolved by its reference solution: " + output);
        } else if (reference < times) {
            problems.add("has a check that flips: its reference solution passed " + reference + " times of " + times
                    + ": " + output);
        }
        if (nothing == times) {
            problems.add("is resolved when nothing is done");
        } else if (nothing > 0) {
            problems.add("has a check that flips: doing nothing passed " + nothing + " times of " + times);
        }
        return new Soundness(taskId, reference, nothing, times, problems);
    }

    /** Of a task that could not be graded. */
    static Soundness unknown(String taskId, int times, String problem) {
        return new Soundness(taskId, 0, 0, times, List.of(problem));
    }
}
