package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.ColumnText;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How an attempt in ATIF ended. The format has no field for it. It is read from an exit status in an {@code extra}, or from the last
 * step of the agent: the sentinel of mini-swe-agent, a tool that ends the task, or an answer without a tool call. Otherwise the attempt
 * was stopped.
 *
 * @param submission what was submitted; empty when the document does not have it
 * @param finalOutput null when nothing was submitted
 */
record AtifEnding(String outcome, String exitStatus, String submission, String finalOutput) {

    private static final String SUBMITTED = "submitted";
    private static final String EXITED = "exited";
    private static final AtifEnding STOPPED = new AtifEnding("stopped", "", "", null);
    private static final Pattern SENTINEL =
            Pattern.compile("COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT|MINI_SWE_AGENT_FINAL_OUTPUT");
    private static final Set<String> ENDING_TOOLS = Set.of(
            "finish",
            "submit",
            "complete",
            "mark_task_complete",
            "task_complete",
            "complete_task",
            "attempt_completion");
    private static final Pattern TASK_COMPLETE = Pattern.compile("\"task_complete\"\\s*:\\s*true");

    /**
     * @param document in strict ATIF
     * @param last the last step of the agent, from the document's last step; null when that is not the agent's
     */
    static AtifEnding of(JsonNode document, Step last) {
        JsonNode extra = document.path("extra");
        String told = first(extra, "exit_status");
        String patch = first(extra, "submission");
        AtifEnding seen = last == null
                ? STOPPED
                : of(document.path("steps").path(document.path("steps").size() - 1), last, patch);
        if (told.isEmpty()) {
            return seen;
        }
        String outcome = ExitStatus.outcome(told, false);
        return new AtifEnding(outcome, told, patch.isEmpty() ? seen.submission : patch, seen.finalOutput);
    }

    private static AtifEnding of(JsonNode tree, Step last, String patch) {
        for (CommandRun run : last.getCommands()) {
            Optional<String> output = submitted(run);
            if (output.isPresent()) {
                return submission(patch.isEmpty() ? output.get() : patch, output.get());
            }
        }
        for (JsonNode call : tree.path("tool_calls")) {
            if (ENDING_TOOLS.contains(call.path("function_name").asText(""))) {
                return submission(patch, last.getMessage());
            }
        }
        boolean answered = last.getToolCalls().isEmpty() && last.getObservation() == null;
        if (answered && !last.getMessage().isBlank()
                || TASK_COMPLETE.matcher(last.getMessage()).find()) {
            return submission(patch, last.getMessage());
        }
        return STOPPED;
    }

    /** What a command submits. An agent that sees the sentinel in a command does not run it. */
    private static Optional<String> submitted(CommandRun run) {
        String output = run.getOutput().stripLeading();
        if (run.getReturnCode() == null
                ? run.getEnded().equals(EXITED)
                        && SENTINEL.matcher(run.getCommand()).find()
                : run.getReturnCode() == 0 && SENTINEL.matcher(output).lookingAt()) {
            int line = output.indexOf('\n');
            boolean printed = SENTINEL.matcher(output).lookingAt();
            return Optional.of(!printed ? output : line < 0 ? "" : output.substring(line + 1));
        }
        return Optional.empty();
    }

    private static AtifEnding submission(String submission, String finalOutput) {
        return new AtifEnding(SUBMITTED, "Submitted", submission, finalOutput);
    }

    private static String first(JsonNode extra, String name) {
        JsonNode own = extra.path(name);
        return ColumnText.valid((own.isTextual() ? own : extra.path("info").path(name)).asText(""));
    }
}
