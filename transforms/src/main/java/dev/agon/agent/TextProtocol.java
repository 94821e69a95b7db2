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

    private static final String FENCE_END = "\n```";

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public List<String> commands(String message, List<ToolCall> calls) throws FormatErrorException {
        List<String> commands = new ArrayList<>();
        // What follows the last end of a fence holds no command; each start in it would be followed to the end.
        int end = message.lastIndexOf(FENCE_END);
        boolean fenced = action.pattern().endsWith("\\n```");
        Matcher matcher =
                action.matcher(fenced ? message.substring(0, end < 0 ? 0 : end + FENCE_END.length()) : message);
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
