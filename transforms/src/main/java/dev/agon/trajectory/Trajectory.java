package dev.agon.trajectory;

import dev.agon.schemas.Rollout;
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
public record Trajectory(String taskId, String trial, String statement, Rollout rollout, OptionalDouble reward) {}
