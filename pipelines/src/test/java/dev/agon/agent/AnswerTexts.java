package dev.agon.agent;

import dev.agon.schemas.ToolCall;
import java.util.List;
import java.util.regex.Pattern;

/** The answers of agents' models. */
public final class AnswerTexts {

    private static final TextProtocol FENCES = new TextProtocol(
            Pattern.compile(Pattern.quote("```mswea_bash_command") + "\\s*\\n(.*?)\\n```", Pattern.DOTALL));

    private AnswerTexts() {}

    public static void read(String answer) {
        read(FENCES, answer, List.of());
        read(new ToolCallProtocol(), "", List.of(new ToolCall("1", "bash", answer)));
    }

    private static void read(AgentProtocol protocol, String answer, List<ToolCall> calls) {
        try {
            protocol.commands(answer, calls);
        } catch (FormatErrorException e) {
            // The model is told.
        }
    }
}
