package dev.agon.trajectory;

/** Agon's outcomes for the exit statuses of mini-swe-agent and SWE-agent. */
final class ExitStatus {

    private static final String AUTOMATIC = "submitted (";

    private ExitStatus() {}

    /**
     * @param status the exit status; empty when the attempt had not ended yet when the file was written
     * @param spent whether the attempt reached its cost limit; both limits have the same exit status
     */
    static String outcome(String status, boolean spent) {
        return switch (reason(status)) {
            case "Submitted", "submitted" -> "submitted";
            case "LimitsExceeded" -> spent ? "cost_limit" : "step_limit";
            case "CostLimitExceeded", "exit_cost", "exit_total_cost" -> "cost_limit";
            case "StepLimitExceeded", "exit_steps" -> "step_limit";
            case "TimeExceeded", "exit_total_execution_time", "exit_command_timeout" -> "time_limit";
            case "RepeatedFormatError", "exit_format" -> "format_errors";
            case "ContextWindowExceededError", "exit_context" -> "context_length";
            case "ContentPolicyViolationError" -> "refused";
            default -> "stopped";
        };
    }

    /** SWE-agent also submits when something else ends an attempt. Then its status names both. */
    private static String reason(String status) {
        return status.startsWith(AUTOMATIC) && status.endsWith(")")
                ? status.substring(AUTOMATIC.length(), status.length() - 1)
                : status;
    }
}
