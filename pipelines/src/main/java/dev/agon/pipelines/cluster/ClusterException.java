package dev.agon.pipelines.cluster;

/** A cluster on this machine did not come up, did not end, or cannot be asked. The message says what was expected, where to look and what to do. */
public final class ClusterException extends Exception {

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }

    ClusterException(String message) {
        this(message, null);
    }
}
