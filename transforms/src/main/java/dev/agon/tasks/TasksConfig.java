package dev.agon.tasks;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tasks of a run.
 *
 * @param format name of the data set's format
 * @param path path of the data set, or its address in one of Beam's file systems; may be a pattern such as {@code data/*.jsonl}
 * @param ids ids of the tasks to take; empty for all
 * @param limit most tasks to take, in the order of the data set; null for all
 */
public record TasksConfig(String format, String path, List<String> ids, Integer limit) implements Serializable {

    private static final String PATTERN_CHARACTERS = ".*[*?{\\[].*";

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

    /** Reads all paths into one set. A path from which nothing can be read becomes a failure, unless it is the only one. */
    private static TaskSet read(TaskReader reader, String path) throws BadInputException {
        List<Path> paths = paths(path);
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

    /**
     * The files or folders that {@code tasks.path} names, sorted: one, or all that match a pattern such as {@code data/*.jsonl}. A path
     * that exists is no pattern, whatever characters it has.
     *
     * @throws BadInputException when nothing matches the pattern
     */
    static List<Path> paths(String path) throws BadInputException {
        if (Files.exists(Path.of(path)) || !path.matches(PATTERN_CHARACTERS)) {
            return List.of(Path.of(path));
        }
        Path pattern = Path.of(path);
        Path top = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        int depth = 0;
        while (!pattern.getName(depth).toString().matches(PATTERN_CHARACTERS)) {
            top = top.resolve(pattern.getName(depth++));
        }
        int deepest = path.contains("**") ? Integer.MAX_VALUE : pattern.getNameCount() - depth;
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
        try (Stream<Path> below = Files.walk(top, deepest)) {
            List<Path> found = below.filter(matcher::matches).sorted().toList();
            if (found.isEmpty()) {
                throw new BadInputException("nothing matches " + path + ": check tasks.path");
            }
            return found;
        } catch (IOException e) {
            throw new BadInputException(path + " cannot be looked for in " + top + " (" + e + "): check tasks.path", e);
        }
    }
}
