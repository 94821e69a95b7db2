package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.ColumnText;
import dev.agon.schemas.CommandRun;
import java.util.ArrayList;
import java.util.List;

/** The commands of a step in ATIF: its shell calls, each with the result that names it. Without such a result, the one in the same place is taken. */
final class AtifCommands {

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
            ShellCall.command(call).ifPresent(command -> {
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
}
