package dev.agon.tasks;

import dev.agon.schemas.TaskFile;
import java.util.List;
import java.util.Optional;

/**
 * The solution that a data set has for one of its tasks. Only the check of the task set itself reads it ({@code agon tasks --verify}).
 *
 * @param files its files, with relative paths
 * @param folder absolute folder that the files are put into; null for the working folder, over what is there
 * @param command what then runs in the working folder; null when the files are all of it
 */
public record ReferenceSolution(List<TaskFile> files, String folder, String command) {

    /** Reads the solution of one task, which no run does. */
    @FunctionalInterface
    public interface Source {

        /** @throws BadRecordException when it is there and cannot be read */
        Optional<ReferenceSolution> read() throws BadRecordException;
    }

    /** Files laid over the working folder; none is no solution. */
    static Optional<ReferenceSolution> ofFiles(List<TaskFile> files) {
        return files.isEmpty() ? Optional.empty() : Optional.of(new ReferenceSolution(files, null, null));
    }

    /** A script among files of a folder of their own. Without it there is no solution. */
    static Optional<ReferenceSolution> ofScript(List<TaskFile> files, String folder, String script) {
        return files.stream().anyMatch(file -> file.getPath().equals(script))
                ? Optional.of(new ReferenceSolution(files, folder, "bash " + folder + "/" + script))
                : Optional.empty();
    }

    /** The files with their paths below another folder. */
    public List<TaskFile> filesBelow(String name) {
        return files.stream()
                .map(file -> TaskFile.newBuilder(file)
                        .setPath(name + "/" + file.getPath())
                        .build())
                .toList();
    }
}
