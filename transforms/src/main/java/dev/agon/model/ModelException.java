package dev.agon.model;

/** A model did not answer. The message says which endpoint, what was asked of it and what came back, and holds no secret. */
public final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What a failure means for the element that asked, and for the run. */
    public enum Kind {
        /** The endpoint could not be reached or kept failing until retries were used up: a failure of infrastructure. */
        UNAVAILABLE,
        /** The conversation is longer than the model takes: an outcome of the rollout. */
        CONTEXT_LENGTH,
        /** The endpoint declined to answer for reasons of content: an outcome of the rollout. */
        REFUSED,
        /** Wrong key, unknown model, malformed request: no other call will fare better, the run stops. */
        MISCONFIGURED
    }

    private final Kind kind;

    public ModelException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public ModelException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }
}
