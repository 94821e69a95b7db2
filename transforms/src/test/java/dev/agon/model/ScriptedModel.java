package dev.agon.model;

import java.util.List;
import java.util.Optional;

/**
 * A model that answers by rote: the n-th answer of a conversation is the n-th of its list. It costs nothing, is the same for
 * every seed, and makes rollouts, tournaments and the harness itself testable without a network.
 *
 * <p>Fails as unavailable when a conversation asks for more answers than the list has. Safe for use by many threads at once:
 * what was answered before is read from the conversation.
 */
public final class ScriptedModel implements ChatModel {

    private final List<String> answers;
    private final Usage usage;

    /** @param usage what each answer is said to consume */
    public ScriptedModel(List<String> answers, Usage usage) {
        this.answers = List.copyOf(answers);
        this.usage = usage;
    }

    public ScriptedModel(String... answers) {
        this(List.of(answers), Usage.NONE);
    }

    @Override
    public ChatReply reply(ChatRequest request) throws ModelException {
        long answered = request.messages().stream()
                .filter(message -> message.speaker() == ChatMessage.Speaker.ASSISTANT)
                .count();
        if (answered >= answers.size()) {
            throw new ModelException(
                    ModelException.Kind.UNAVAILABLE,
                    "the script has " + answers.size() + " answers, and answer " + (answered + 1) + " was asked for");
        }
        return new ChatReply(answers.get((int) answered), Optional.empty(), usage);
    }
}
