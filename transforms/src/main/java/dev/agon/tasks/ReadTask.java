package dev.agon.tasks;

import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;

/**
 * One task as it was read: what an agent may see, and apart from it what only the grader may.
 *
 * @param task the visible side
 * @param truth the hidden side, of the same task id
 */
public record ReadTask(Task task, GroundTruth truth) {}
