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
        MISCONFIGURED,
        /** The run was stopped, and the answer was not bought. */
        STOPPED
    }

    private final Kind kind;
    private final int attempts;
    private final String evidence;
    private final Usage usage;

    /**
     * @param attempts how often the endpoint was asked
     * @param evidence what came of each attempt, one line each; empty when there is no more to say than the message
     * @param usage what the failed attempts are known to have consumed
     */
    public ModelException(Kind kind, String message, int attempts, String evidence, Usage usage, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.attempts = attempts;
        this.evidence = evidence;
        this.usage = usage;
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        this(kind, message, 1, "", Usage.NONE, cause);
    }

    public ModelException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }

    /** How often the endpoint was asked. */
    public int attempts() {
        return attempts;
    }

    /** What came of each attempt, one line each; empty when there is no more to say than the message. */
    public String evidence() {
        return evidence;
    }

    /** What the failed attempts are known to have consumed. */
    public Usage usage() {
        return usage;
    }
}
