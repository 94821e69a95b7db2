package dev.agon.tasks;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Which tasks a run is about.
 *
 * @param format name of the data set's format
 * @param path where it is, a path or an address in one of Beam's file systems; a pattern such as {@code data/*.jsonl} names many
 * @param ids the only tasks to take, by id; empty for all
 * @param limit most tasks to take, in the order of the data set; null for all
 */
public record TasksConfig(String format, String path, List<String> ids, Integer limit) implements Serializable {

    /**
     * Reads the data set and picks the tasks.
     *
     * @throws BadInputException when no task can be read, or an id that was asked for is not among them
     */
    public TaskSet read() throws BadInputException {
        TaskReader reader = TaskReader.of(format);
        TaskSet all = RemoteTasks.is(path)
                ? RemoteTasks.read(path, copy -> read(reader, copy))
                : read(reader, path.replaceFirst("^file:/+", "/"));
        TaskSet picked = ids.isEmpty() ? all : all.only(ids);
        return limit == null ? picked : picked.first(limit);
    }

    /** One set of all; of several paths, one of which nothing can be read is a failure among the others. */
    private static TaskSet read(TaskReader reader, String path) throws BadInputException {
        List<Path> paths = TaskPaths.of(path);
        if (paths.size() == 1) {
            return reader.read(paths.get(0));
        }
        TaskSetBuilder tasks = new TaskSetBuilder(path);
        for (Path each : paths) {
            try {
                tasks.addAll(reader.read(each));
            } catch (BadInputException e) {
                tasks.reject(each.toString(), null, e.getMessage());
            }
        }
        return tasks.build();
    }
}
