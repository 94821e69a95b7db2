package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.ColumnText;
import dev.agon.schemas.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The commands of a step in ATIF: its shell calls, each with the result that names it. Without such a result, the one in the same place is taken. */
final class AtifCommands {

    /** Agents give the shell many names. */
    private static final Set<String> TOOLS = Set.of(
            "bash",
            "sh",
            "shell",
            "terminal",
            "bash_command",
            "execute_bash",
            "run_bash",
            "shell_command",
            "run_shell_command",
            "run_terminal_cmd",
            "run_in_terminal",
            "exec_command",
            "execute_command",
            "run_command",
            "local_shell",
            "container.exec");

    private static final List<String> ARGUMENTS = List.of("command", "cmd", "keystrokes", "script");
    private static final String KEYSTROKES = "keystrokes";

    private AtifCommands() {}

    /**
     * @param step in strict ATIF
     * @param shown the texts of its results, in order
     */
    static List<CommandRun> of(JsonNode step, List<String> shown) {
        JsonNode calls = step.path("tool_calls");
        JsonNode results = step.path("observation").path("results");
        List<CommandRun> commands = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.get(i);
            int result = result(call.get("tool_call_id").textValue(), i, results);
            command(call).ifPresent(command -> {
                CommandRun run = CommandRun.newBuilder()
                        .setCommand(ColumnText.valid(command))
                        .setToolCallId(ColumnText.valid(call.get("tool_call_id").textValue()))
                        .setOutput("")
                        .setDurationMs(0)
                        .build();
                if (result >= 0) {
                    ShellOutput.complete(run, shown.get(result));
                    run.setOutput(ColumnText.valid(run.getOutput()));
                    run.setObservation(calls.size() > 1 ? shown.get(result) : null);
                }
                commands.add(run);
            });
        }
        return commands;
    }

    private static int result(String callId, int place, JsonNode results) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).path("source_call_id").asText("").equals(callId)) {
                return i;
            }
        }
        return place < results.size() && !results.get(place).hasNonNull("source_call_id") ? place : -1;
    }

    /** The command of a call; empty when the tool is no shell, or the call has no command. */
    private static Optional<String> command(JsonNode call) {
        JsonNode arguments = call.path("arguments");
        String tool = call.path("function_name").asText("").toLowerCase(Locale.ROOT);
        if (!TOOLS.contains(tool) && !arguments.has(KEYSTROKES)) {
            return Optional.empty();
        }
        return ARGUMENTS.stream()
                .map(arguments::path)
                .filter(value -> value.isTextual() || value.isArray() && !value.isEmpty())
                .findFirst()
                .map(AtifCommands::text);
    }

    /** A list is what the shell was started with: {@code ["bash", "-lc", "ls"]}. */
    private static String text(JsonNode command) {
        if (command.isTextual()) {
            return command.textValue();
        }
        List<String> words = new ArrayList<>();
        command.forEach(word -> words.add(word.asText()));
        boolean shell = words.size() == 3 && words.get(1).matches("-[a-z]*c");
        return shell ? words.get(2) : String.join(" ", words);
    }
}
