package dev.agon.repair;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelProvider;
import dev.agon.model.Usage;
import java.util.Optional;

/**
 * A search-based program repair policy that speaks the protocol of a chat model. It is not a language model and understands nothing:
 * it tries single edits in a seeded order and reads what the visible check prints. With it, a whole run with real work for selection
 * and refinement needs no network and no weights.
 *
 * <p>In: a {@link ChatRequest} of any role. Out: as agent, a thought and one command; as summariser, the JSON object that the
 * prompt asks for; as judge, a reason and a vote. It remembers nothing between calls: equal requests have equal replies. Tokens are
 * estimated at four characters each, and the cost is 0. No conversation makes it throw.
 */
public final class RepairModel implements ChatModel {

    private static final int CHARACTERS_PER_TOKEN = 4;

    private final RepairAgent agent;
    private final RepairSummarizer summarizer = new RepairSummarizer();
    private final RepairJudge judge = new RepairJudge();

    /** @param patience most edits that an agent tries, at least 1 */
    public RepairModel(int patience) {
        if (patience < 1) {
            throw new IllegalArgumentException("expected a patience of at least 1 trial, got " + patience);
        }
        this.agent = new RepairAgent(patience);
    }

    @Override
    public ChatReply reply(ChatRequest request) {
        String content = switch (request.role()) {
            case AGENT -> agent.reply(request);
            case SUMMARIZER -> summarizer.reply(request);
            case JUDGE -> judge.reply(request);
        };
        long asked = request.messages().stream()
                .map(ChatMessage::content)
                .mapToLong(String::length)
                .sum();
        return new ChatReply(content, Optional.empty(), new Usage(tokens(asked), 0, tokens(content.length()), 0));
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /** The repair policy as a provider of models, found by its entry in {@code META-INF/services}. */
    public static final class Provider implements ModelProvider {

        /** Most edits that a rollout tries. */
        private static final int PATIENCE = 20;

        @Override
        public String name() {
            return "repair";
        }

        @Override
        public ChatModel connect(ModelConfig config) {
            return new RepairModel(PATIENCE);
        }
    }
}
