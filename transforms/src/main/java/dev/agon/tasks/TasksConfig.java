package dev.agon.tasks;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Which tasks a run is about.
 *
 * @param format name of the data set's format
 * @param path where it is
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
        TaskSet all = TaskReader.of(format).read(Path.of(path));
        TaskSet picked = ids.isEmpty() ? all : all.only(ids);
        return limit == null ? picked : picked.first(limit);
    }
}
