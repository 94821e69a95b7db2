package dev.agon.model;

/** A model did not answer. The message names the endpoint, the problem and what came back. It holds no secret. */
public final class ModelException extends Exception {

    /** What a failure means for the element and for the run. */
    public enum Kind {
        /** The endpoint could not be reached, or every try failed: a failure of infrastructure. */
        UNAVAILABLE,
        /** The conversation is longer than the model takes: an outcome of the rollout. */
        CONTEXT_LENGTH,
        /** The endpoint declined to answer for reasons of content: an outcome of the rollout. */
        REFUSED,
        /** Wrong key, unknown model, malformed request: every other call would fail too, so the run stops. */
        MISCONFIGURED,
        /** The run was stopped, and the answer was not bought. */
        STOPPED
    }

    private final Kind kind;
    private final int tries;
    private final String detail;
    private final Usage usage;

    /**
     * @param tries how often the endpoint was asked
     * @param detail what came of each try, one line each; empty when there is no more to say than the message
     * @param usage what the failed tries are known to have consumed
     */
    public ModelException(Kind kind, String message, int tries, String detail, Usage usage, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.tries = tries;
        this.detail = detail;
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
    public int tries() {
        return tries;
    }

    /** What came of each try, one line each; empty when there is no more to say than the message. */
    public String detail() {
        return detail;
    }

    /** What the failed tries are known to have consumed. */
    public Usage usage() {
        return usage;
    }
}
