package dev.agon.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A data set of folders, one for each task, read in the order of their names. */
final class TaskFolders {

    private TaskFolders() {}

    /** Reads one task's folder. */
    @FunctionalInterface
    interface Reader {

        /**
         * @param name the folder's name
         * @param dataSet name of the data set
         * @param place the folder, for messages
         */
        ReadTask read(Path folder, String name, String dataSet, String place) throws BadRecordException;
    }

    /**
     * Reads every folder below a path, or the path itself when it is a task. Plain files beside the folders are no tasks, nor are
     * folders whose names start with a dot.
     *
     * @param format name of the format
     * @param mark the file that every task's folder has
     */
    static TaskSet read(Path path, String format, String mark, Reader reader) throws BadInputException {
        if (!Files.isDirectory(path)) {
            throw new BadInputException(path + (Files.exists(path) ? " is a file" : " does not exist")
                    + ": tasks.path must be the folder of a task, or a folder of such folders");
        }
        Path absolute = path.toAbsolutePath().normalize();
        boolean one = Files.exists(path.resolve(mark));
        String dataSet = format + ":" + (one ? absolute.getParent() : absolute).getFileName();
        TaskSetBuilder tasks = new TaskSetBuilder(path.toString());
        for (Path folder : one ? List.of(absolute) : below(path)) {
            String name = folder.getFileName().toString();
            String place = one ? path.toString() : path + ":" + name;
            try {
                tasks.add(place, reader.read(folder, name, dataSet, place));
            } catch (BadRecordException e) {
                tasks.reject(place, name, e.getMessage());
            }
        }
        return tasks.build();
    }

    /** The folders below a path that are tasks. */
    static List<Path> below(Path path) throws BadInputException {
        try (Stream<Path> children = Files.list(path)) {
            return children.filter(child -> !Files.isRegularFile(child))
                    .filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInputException(path + " cannot be listed (" + e + "): check its permissions", e);
        }
    }
}
