package dev.agon.tasks;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads a task data set of one format.
 *
 * <p>In: a path. Out: a {@link TaskSet}, which has each record of the data set either as a task or as a failure of kind
 * {@code bad_input}, in the order of the data set. Fails only when no record can be read.
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
        return Formats.BY_NAME.keySet().stream().toList();
    }

    /**
     * The reader of a format.
     *
     * @throws BadInputException when there is no such format
     */
    static TaskReader of(String format) throws BadInputException {
        TaskReader reader = Formats.BY_NAME.get(format);
        if (reader == null) {
            throw new BadInputException("no task format is called `" + format + "`: use one of " + formats()
                    + " (nearest: `" + NearestName.of(format, formats()) + "`)");
        }
        return reader;
    }
}
