package dev.agon.trajectory;

import java.util.Optional;

/**
 * The outcome of one attempt, from another grader. It is for statistics only: the selection may not see it.
 *
 * @param taskId the task, as the grader calls it
 * @param trial name of the attempt; empty when the file has one outcome for a task
 * @param resolved whether the attempt solves the task
 * @param reward the grader's score; 1 or 0 where it says only whether the task is solved
 * @param source path of the file
 */
public record RecordedOutcome(String taskId, Optional<String> trial, boolean resolved, double reward, String source) {}
