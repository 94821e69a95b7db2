package dev.agon.trajectory;

import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One attempt of a corpus at one task.
 *
 * @param taskId the task, by its name in the corpus
 * @param trial name of the attempt; the attempts at a task are placed in the order of these names
 * @param statement what the task asks for, as the agent was told
 * @param rollout the attempt as a row, without its place: rollout_id is empty, iteration and index are 0. Nothing in it tells an outcome
 * @param reward the outcome that the file itself has; empty when it has none. For statistics only
 */
public record Trajectory(String taskId, String trial, String statement, Rollout rollout, OptionalDouble reward) {

    /** Begins the row of an attempt: without its place, and empty where the formats tell nothing. */
    static Rollout.Builder row(List<Step> steps) {
        return Rollout.newBuilder()
                .setRolloutId("")
                .setTaskId("")
                .setIteration(0)
                .setIndex(0)
                .setSteps(steps)
                .setStepCount(steps.size())
                .setStartedAt(Instant.EPOCH)
                .setDurationMs(0)
                .setSeed(0);
    }

    /** The attempt, once its names are known; they go into its row. */
    static Trajectory named(
            String taskId, String trial, String format, TrajectoryFile file, Rollout rollout, OptionalDouble reward) {
        rollout.setTaskId(taskId);
        rollout.setTrial(trial);
        rollout.setSource(format + ":" + file.path());
        return new Trajectory(taskId, trial, TaskStatement.in(rollout.getTaskPrompt()), rollout, reward);
    }
}
