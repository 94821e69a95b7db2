package dev.agon.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.agon.model.Tool;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** mini-swe-agent's protocol of tool calls: one tool, {@code bash} with its {@code command}, called once or more in a turn. */
record ToolCallProtocol() implements AgentProtocol {

    private static final Tool BASH = new Tool(
            "bash",
            "Runs a shell command and returns its output and return code.",
            "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\",\"description\":\"the command, for bash -c\"}},"
                    + "\"required\":[\"command\"]}");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public List<Tool> tools() {
        return List.of(BASH);
    }

    @Override
    public List<String> commands(String message, List<ToolCall> calls) throws FormatErrorException {
        if (calls.isEmpty()) {
            throw new FormatErrorException(
                    "The answer calls no tool. Every answer must call the tool bash at least once.", List.of());
        }
        List<String> commands = new ArrayList<>();
        for (ToolCall call : calls) {
            commands.add(command(call, commands));
        }
        return commands;
    }

    private static String command(ToolCall call, List<String> before) throws FormatErrorException {
        if (!call.getName().equals(BASH.name())) {
            throw new FormatErrorException(
                    "There is no tool `" + call.getName() + "`: the only tool is bash, with the argument command.",
                    before);
        }
        try {
            JsonNode command = JSON.readTree(call.getArguments()).path("command");
            if (!command.isTextual()) {
                throw new FormatErrorException(
                        "A call of bash has no text in its argument `command`: its arguments are "
                                + call.getArguments(),
                        before);
            }
            return command.textValue();
        } catch (JsonProcessingException e) {
            // The library's own words for what follows a whole value name its classes.
            String problem =
                    e instanceof MismatchedInputException ? "something follows the object" : e.getOriginalMessage();
            throw new FormatErrorException(
                    "The arguments of a call of bash are not readable as one JSON object: " + problem, before);
        }
    }

    @Override
    public String id() {
        return "tool_calls";
    }
}
