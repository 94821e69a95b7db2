package dev.agon.repair;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ChatRequest.Role;
import dev.agon.model.Sampling;
import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.schemas.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A task in memory: files, and a function in the place of the visible check, from the files to what the check prints; it passes when
 * that is {@code ok}. Plays an agent's conversation with the prompts that Agon ships, except that no shell is involved.
 */
final class ToyTask {

    static final String CHECK = "python3 check.py";
    private static final String SYSTEM = "Answer in a ```mswea_bash_command fence.";

    private final String statement;
    private final Map<String, String> files;
    private final Function<Map<String, String>, String> check;
    private int steps = 30;
    private List<String> summaries = List.of();

    ToyTask(String statement, Map<String, String> files, Function<Map<String, String>, String> check) {
        this.statement = statement;
        this.files = files;
        this.check = check;
    }

    ToyTask withSteps(int limit) {
        steps = limit;
        return this;
    }

    ToyTask withEarlierAttempts(String... texts) {
        summaries = List.of(texts);
        return this;
    }

    /** What an attempt left behind: the conversation, the files, and whether it submitted. */
    record Played(List<ChatMessage> messages, Map<String, String> files, boolean submitted) {

        List<String> commands() {
            return Turn.of(messages).stream()
                    .map(turn -> turn.command().orElseThrow())
                    .toList();
        }

        List<String> thoughts() {
            return Turn.of(messages).stream().map(Turn::thought).toList();
        }

        List<String> trials() {
            return thoughts().stream()
                    .filter(thought -> thought.startsWith("Trial "))
                    .toList();
        }

        /** The attempt as the summariser gets to see it. */
        String trace() {
            StringBuilder trace = new StringBuilder();
            List<Turn> turns = Turn.of(messages);
            for (int i = 0; i < turns.size(); i++) {
                trace.append("=== Step " + (i + 1) + ": agent\n")
                        .append(turns.get(i).message())
                        .append('\n');
                if (3 + 2 * i < messages.size()) {
                    trace.append("=== Step " + (i + 1) + ": observation\n")
                            .append(messages.get(3 + 2 * i).content())
                            .append('\n');
                }
            }
            return trace.toString();
        }
    }

    Played play(RepairModel model, long seed, double temperature) {
        Map<String, String> now = new TreeMap<>(files);
        List<ChatMessage> messages = new ArrayList<>(List.of(ChatMessage.system(SYSTEM), ChatMessage.user(opening())));
        for (int step = 1; step <= steps; step++) {
            long sample = Ids.seed(seed, step);
            ChatReply reply = model.reply(request(Role.AGENT, messages, sample, temperature));
            messages.add(ChatMessage.assistant(reply.content()));
            String command = Turn.of(messages).get(step - 1).command().orElseThrow();
            if (command.startsWith("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT")) {
                return new Played(List.copyOf(messages), now, true);
            }
            messages.add(ChatMessage.user(observation(command, now)));
        }
        return new Played(List.copyOf(messages), now, false);
    }

    static ChatRequest request(Role role, List<ChatMessage> messages, long seed, double temperature) {
        return new ChatRequest(
                role, List.copyOf(messages), new Sampling(temperature, OptionalDouble.empty(), 4096, seed));
    }

    String opening() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("statement", statement);
        variables.put("workdir", "/work");
        variables.put("visible_check", CHECK);
        variables.put("context", summaries.isEmpty() ? null : context());
        return "<task>\n" + Prompt.shipped(Prompt.TASK).render(variables) + "\n</task>\n\nYou have " + steps
                + " steps.";
    }

    private String context() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("fence", Fence.around(summaries));
        variables.put("attempts", summaries);
        variables.put("evidence", null);
        return Prompt.shipped(Prompt.CONTEXT).render(variables);
    }

    private String observation(String command, Map<String, String> now) {
        if (command.equals(Exploration.LIST)) {
            StringBuilder listing = new StringBuilder();
            now.forEach((path, text) ->
                    listing.append(text.length()).append(' ').append(path).append('\n'));
            return observation(0, listing.toString());
        }
        if (Exploration.pathsOf(command).isPresent()) {
            StringBuilder output = new StringBuilder();
            for (String path : Exploration.pathsOf(command).get()) {
                output.append("--- begin " + path + "\n" + now.get(path) + "\n--- end " + path + "\n");
            }
            return observation(0, output.toString());
        }
        for (FilePatch patch : FilePatch.allIn(command)) {
            now.computeIfPresent(
                    patch.path(), (path, text) -> patch.applyTo(text).orElseThrow());
        }
        String output = command.endsWith(CHECK) ? check.apply(now) : "ok";
        return observation(output.equals("ok") ? 0 : 1, output);
    }

    private static String observation(int code, String output) {
        return "<returncode>" + code + "</returncode>\n<output>\n" + output + "\n</output>";
    }
}
