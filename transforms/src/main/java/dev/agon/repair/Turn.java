package dev.agon.repair;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatMessage.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One turn of an agent: its message and the observation after it.
 *
 * @param number its place in the rollout, from 1
 * @param message the agent's message
 * @param observation what was observed; empty at the end of a conversation
 */
record Turn(int number, String message, Optional<Observation> observation) {

    private static final Pattern COMMAND =
            Pattern.compile("```[a-z_]*+(?:[ \\t\\r]*+\\n)++(.*?)(?:\\n```|(\\z))", Pattern.DOTALL);
    private static final Pattern HEADER =
            Pattern.compile("^=== Step (\\d{1,9}): (agent|observation)$\\n?", Pattern.MULTILINE);

    /** The turns of a conversation: every assistant message with the user's message after it. */
    static List<Turn> of(List<ChatMessage> messages) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).speaker() == Speaker.ASSISTANT) {
                Optional<Observation> observation = i + 1 < messages.size()
                                && messages.get(i + 1).speaker() == Speaker.USER
                        ? Optional.of(Observation.parse(messages.get(i + 1).content()))
                        : Optional.empty();
                turns.add(new Turn(turns.size() + 1, messages.get(i).content(), observation));
            }
        }
        return turns;
    }

    /** The turns of a trajectory written as text, each part under a line {@code === Step <n>: agent|observation}. */
    static List<Turn> ofTrace(String trace) {
        List<Turn> turns = new ArrayList<>();
        Matcher header = HEADER.matcher(trace);
        boolean more = header.find();
        while (more) {
            int number = Integer.parseInt(header.group(1));
            boolean agent = header.group(2).equals("agent");
            int start = header.end();
            more = header.find();
            String part = trace.substring(start, more ? header.start() : trace.length())
                    .stripTrailing();
            if (agent) {
                turns.add(new Turn(number, part, Optional.empty()));
            } else if (!turns.isEmpty() && turns.get(turns.size() - 1).number() == number) {
                Turn turn = turns.remove(turns.size() - 1);
                turns.add(new Turn(number, turn.message(), Optional.of(Observation.parse(part))));
            }
        }
        return turns;
    }

    /** The shell command in the fence of the message; empty without one. */
    Optional<String> command() {
        Matcher matcher = COMMAND.matcher(message);
        return matcher.find() && matcher.group(2) == null ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The text of the message before its command. */
    String thought() {
        int fence = message.indexOf("```");
        String thought = (fence < 0 ? message : message.substring(0, fence)).strip();
        return thought.startsWith("THOUGHT:")
                ? thought.substring("THOUGHT:".length()).strip()
                : thought;
    }
}
