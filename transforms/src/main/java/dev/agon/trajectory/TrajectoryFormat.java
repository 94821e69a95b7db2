package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A format of trajectories that is JSON, one document a file.
 *
 * <p>Readers are lenient on what they do not know: it goes into the {@code extra} of the row or the step, so that a writer of the same
 * format loses nothing. They are exact on what they understand: a known field of the wrong type is a {@link BadTrajectoryException}
 * that names it.
 */
public interface TrajectoryFormat {

    /** As {@code replay.format} has it. */
    String name();

    /** Whether a document looks like this format; looks at few fields, and never fails. */
    boolean recognises(JsonNode document);

    /** Whether a line is the first of a file whose lines are one attempt. Such lines are read as one document, a list of them. */
    default boolean begins(JsonNode line) {
        return false;
    }

    /**
     * The attempts in a document.
     *
     * @param document the whole document
     * @param file its file, for names where the document has none, and for documents that it refers to
     * @throws BadTrajectoryException when it cannot be read as this format
     */
    List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException;
}
