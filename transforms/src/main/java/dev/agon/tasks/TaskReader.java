package dev.agon.tasks;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a task data set of one format.
 *
 * <p>In: a path. Out: a {@link TaskSet} in the order of the data set. Each record is a task, or a failure of kind {@code bad_input}.
 * It fails only when no record can be read.
 */
public interface TaskReader {

    /** Name of the format, as {@code tasks.format} has it. */
    String format();

    /**
     * Reads the whole data set.
     *
     * @throws BadInputException when the path cannot be read, holds no record, or holds none that can be read
     */
    TaskSet read(Path path) throws BadInputException;

    /** The formats that can be read. */
    static List<String> formats() {
        return all().map(TaskReader::format).toList();
    }

    /**
     * The reader of a format.
     *
     * @throws BadInputException when there is no such format
     */
    static TaskReader of(String format) throws BadInputException {
        return all().filter(reader -> reader.format().equals(format))
                .findFirst()
                .orElseThrow(() -> new BadInputException("no task format is called `" + format + "`: use one of "
                        + formats() + " (nearest: `" + NearestName.of(format, formats()) + "`)"));
    }

    /** A reader for each format, in the order of their names. */
    private static Stream<TaskReader> all() {
        HostSystem host = HostSystem.ofThisMachine();
        return Stream.of(
                new AgonTaskReader(),
                new HarborReader(host),
                new HumanEvalFixReader(),
                new SweBenchReader(),
                new TerminalBenchReader(host));
    }
}
