package dev.agon.pipelines.report;

import java.io.IOException;

/** A folder is not the output of a run, or a file in it cannot be read. The message names the path and says what to do. */
public final class RunFolderException extends IOException {

    RunFolderException(String message) {
        super(message);
    }

    RunFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
