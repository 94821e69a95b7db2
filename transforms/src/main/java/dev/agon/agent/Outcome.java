package dev.agon.agent;

/** How a rollout ended. Every rollout that got a sandbox and a model that answers ends in one of these. */
public enum Outcome {
    /** The agent printed the submission sentinel. */
    SUBMITTED("submitted", "Submitted"),
    /** It made as many model calls as it may. */
    STEP_LIMIT("step_limit", "LimitsExceeded"),
    /** Its answers cost as much as they may. */
    COST_LIMIT("cost_limit", "LimitsExceeded"),
    /** It ran as long as it may. */
    TIME_LIMIT("time_limit", "TimeExceeded"),
    /** Too many answers in a row held no command that could be run. */
    FORMAT_ERRORS("format_errors", "RepeatedFormatError"),
    /** The conversation grew longer than the model takes. */
    CONTEXT_LENGTH("context_length", "ContextWindowExceededError"),
    /** The model declined to answer for reasons of content. */
    REFUSED("refused", "ContentPolicyViolationError"),
    /** A command used up the sandbox, so that no other can run in it: what it left cannot be graded, and its grade is 0. */
    SANDBOX_ABUSED("sandbox_abused", "SandboxAbused"),
    /** The run was stopped before the agent was done: what there is of the rollout is no result. */
    STOPPED("stopped", "UserInterruption");

    private final String id;
    private final String exitStatus;

    Outcome(String id, String exitStatus) {
        this.id = id;
        this.exitStatus = exitStatus;
    }

    /** What stands in the tables. */
    public String id() {
        return id;
    }

    /** The same in mini-swe-agent's words: its exit status, or the name of the exception that ends it there. */
    public String exitStatus() {
        return exitStatus;
    }
}
