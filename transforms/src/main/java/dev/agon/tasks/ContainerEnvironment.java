package dev.agon.tasks;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.util.List;

/**
 * What a task's container starts from.
 *
 * @param workdir its working folder
 * @param files the files in it, sorted by path
 * @param variables environment variables of its commands
 * @param obstacle why no sandbox can start from it, as a clause whose subject is the task; then there are no files. Null when one can
 */
record ContainerEnvironment(String workdir, List<TaskFile> files, List<Variable> variables, String obstacle) {

    /** The working folder of a container that cannot run here. */
    static final String ELSEWHERE = "/app";

    static ContainerEnvironment beyond(String obstacle) {
        return new ContainerEnvironment(ELSEWHERE, List.of(), List.of(), obstacle);
    }
}
