package dev.agon.agent;

import dev.agon.model.Tool;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * mini-swe-agent's text protocol: an answer holds exactly one command, in a fence.
 *
 * @param action matches one command in an answer; its group, or the whole match where it has none, is the command
 */
record TextProtocol(Pattern action) implements AgentProtocol {

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public List<String> commands(String message, List<ToolCall> calls) throws FormatErrorException {
        List<String> commands = new ArrayList<>();
        Matcher matcher = action.matcher(message);
        while (matcher.find()) {
            commands.add(matcher.group(matcher.groupCount()).strip());
        }
        if (commands.size() != 1) {
            throw new FormatErrorException(
                    "The answer must hold exactly one command, and it holds " + commands.size() + ".", commands);
        }
        return commands;
    }

    @Override
    public String id() {
        return action.pattern();
    }
}
