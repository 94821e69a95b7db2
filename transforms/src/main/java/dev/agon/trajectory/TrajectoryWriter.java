package dev.agon.trajectory;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Rollout;
import java.util.Optional;

/** Writes rollouts, made here or read from a corpus, as documents of one format. */
public interface TrajectoryWriter {

    /** Leaves room for the ending, and for a number before it. */
    int LONGEST_NAME = 200;

    /** As {@code agon export trajectories --format} has it. */
    String format();

    /** What its files end with. */
    String ending();

    /** The document of a rollout that was read from this format; {@code kept} is the row's {@code extra}. */
    ObjectNode asRead(Rollout rollout, Field<BadTrajectoryException> kept) throws BadTrajectoryException;

    /** The document of any other rollout. */
    ObjectNode made(Rollout rollout, String statement);

    /** Name of the file for a rollout, without a folder: its id where it has one, else its task and trial, with the format's ending. */
    default String fileName(Rollout rollout) {
        return name(rollout) + ending();
    }

    /** The folder for the files of the rollout's task; empty where the format itself names the task. */
    default Optional<String> folder(Rollout rollout) {
        return Optional.empty();
    }

    /** Writes the task into a document that may name none, since the corpus that it came from had it in the names of folders. */
    default void nameTask(ObjectNode document, Rollout rollout) {}

    /**
     * The document.
     *
     * @param rollout with all its steps
     * @param statement what the task asks for; empty when it is not known
     */
    default ObjectNode write(Rollout rollout, String statement) {
        try {
            var kept = Field.of(
                    rollout.getExtra() == null ? MissingNode.getInstance() : ExtraJson.parse(rollout.getExtra()),
                    BadTrajectoryException::new);
            return kept.get("format").node().asText("").equals(format())
                    ? asRead(rollout, kept)
                    : made(rollout, statement);
        } catch (BadTrajectoryException e) {
            throw new IllegalArgumentException(
                    "the column extra of " + name(rollout) + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The name of a rollout, of letters, digits and other characters that file systems allow, and of a length that they allow. */
    static String name(Rollout rollout) {
        String name = rollout.getRolloutId().isEmpty()
                ? rollout.getTaskId() + (rollout.getTrial() == null ? "" : "." + rollout.getTrial())
                : rollout.getRolloutId();
        return fileName(name);
    }

    /** The text as a name of a file or folder. */
    static String fileName(String text) {
        return Ids.fileName(text.replaceAll("[^A-Za-z0-9._-]+", ".").replaceAll("^\\.+", ""), LONGEST_NAME);
    }
}
