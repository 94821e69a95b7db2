package dev.agon.trajectory;

import java.io.IOException;
import java.util.Optional;

/** The file that a trajectory stands in, and those near it that it may refer to. */
public interface TrajectoryFile {

    /** Path or URI, for messages and for {@code rollouts.source}. */
    String path();

    /**
     * Bytes of a file that a document refers to.
     *
     * @param reference relative to this file's folder, not upwards out of the corpus
     * @throws IOException when it is not there, cannot be read, or leads out of the corpus
     */
    byte[] near(String reference) throws IOException;

    /** Harbor's {@code result.json} of the trial that this file belongs to; empty when it cannot be read. */
    default Optional<byte[]> trialResult() {
        return Optional.empty();
    }
}
