package dev.agon.agent;

import dev.agon.model.ChatMessage;
import dev.agon.model.ToolCall;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model is shown of a rollout: the prompts, then each step. It is made of steps alone, so that a resumed rollout shows the
 * model the very conversation that the interrupted one did.
 */
final class Conversation {

    private static final String NOT_RUN = "The command was not run: the time limit was reached before it.";

    private static final String CUT = "The command was not run: the answer reached its token limit within this call.";

    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<ChatMessage> view = Collections.unmodifiableList(messages);

    Conversation(String system, String task) {
        messages.add(ChatMessage.system(system));
        messages.add(ChatMessage.user(task));
    }

    /** The messages so far; the list grows with the conversation. */
    List<ChatMessage> messages() {
        return view;
    }

    /**
     * Adds the model's message and what it is shown of the outcome: a result for each call of a tool, else one text. Endpoints want a
     * result for every call; those that a limit of time kept from running are only shown when the rollout goes on under a longer one.
     */
    void add(Step step) {
        messages.add(ChatMessage.assistant(
                step.getMessage(),
                step.getToolCalls().stream()
                        .map(call -> new ToolCall(call.getId(), call.getName(), call.getArguments()))
                        .collect(Collectors.toList()),
                Optional.ofNullable(step.getProviderState())));
        if (step.getToolCalls().isEmpty()) {
            if (step.getObservation() != null) {
                messages.add(ChatMessage.user(step.getObservation()));
            }
            return;
        }
        for (int call = 0; call < step.getToolCalls().size(); call++) {
            int run = step.getCommands().size();
            String own = call < run
                    ? step.getCommands().get(call).getObservation()
                    : run == 0 ? null : isCutInLastCall(step, call) ? CUT : NOT_RUN;
            String shown = own == null ? step.getObservation() : own;
            if (shown != null) {
                messages.add(ChatMessage.tool(step.getToolCalls().get(call).getId(), shown));
            }
        }
    }

    /** Whether an answer was cut within its last call, and that is the call after so many whole ones, at least one. */
    static boolean isCutInLastCall(Step answer, int whole) {
        return "length".equals(answer.getFinishReason())
                && whole > 0
                && whole == answer.getToolCalls().size() - 1;
    }

    /** The observations of several commands as one text, for those who read steps; null when none was shown. */
    static String joined(List<CommandRun> runs) {
        String joined = runs.stream()
                .map(CommandRun::getObservation)
                .filter(shown -> shown != null)
                .collect(Collectors.joining("\n\n"));
        return joined.isEmpty() ? null : joined;
    }
}
