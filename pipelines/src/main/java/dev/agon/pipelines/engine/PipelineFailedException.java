package dev.agon.pipelines.engine;

import com.google.common.base.Throwables;
import org.apache.beam.sdk.PipelineResult;

/** The pipeline ended before its end: a bug, a store that cannot be reached, a job that was cancelled from outside. */
public final class PipelineFailedException extends Exception {

    PipelineFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The engine itself ended the job, or lost sight of it. */
    static PipelineFailedException ended(PipelineResult.State state) {
        String how =
                state == null ? "the engine does not say any more how the job stands" : "the job ended as " + state;
        return new PipelineFailedException(
                how + ", and not at its end: what was bought is in the journal; run the same command again to go on",
                null);
    }

    /** Engines wrap what happened many times; the innermost says it. */
    static PipelineFailedException of(Throwable failure) {
        Throwable root = Throwables.getRootCause(failure);
        String said = root.getMessage() == null ? root.toString() : root.getMessage();
        return new PipelineFailedException(said, failure);
    }
}
