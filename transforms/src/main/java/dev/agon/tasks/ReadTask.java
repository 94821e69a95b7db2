package dev.agon.tasks;

import dev.agon.sandbox.SandboxConfig;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import java.util.Optional;

/**
 * One task of a data set: what an agent may see, and apart from it what only the grader may see.
 *
 * @param task the visible side
 * @param truth the hidden side, of the same task id
 * @param needs what the task needs that no sandbox has, as a clause whose subject is the task; null when it needs nothing
 * @param reference the data set's own solution, which no run reads
 */
public record ReadTask(Task task, GroundTruth truth, String needs, ReferenceSolution.Source reference) {

    /** A task that needs nothing, or only its image. */
    ReadTask(Task task, GroundTruth truth, ReferenceSolution.Source reference) {
        this(task, truth, null, reference);
    }

    /** Why the task cannot run in sandboxes of this kind, as a clause whose subject is the task; empty when it can. */
    public Optional<String> obstacle(SandboxConfig.Kind kind) {
        if (needs != null) {
            return Optional.of(needs);
        }
        if (task.getImage() != null) {
            return Optional.of("needs the container image " + task.getImage() + ", and no sandbox here has images");
        }
        if (kind == SandboxConfig.Kind.HOST && !truth.getFolders().isEmpty()) {
            return Optional.of(
                    "has its tests in " + truth.getFilesFolder() + ", which only sandboxes of the kind namespace have");
        }
        return Optional.empty();
    }
}
