package dev.agon.summarize;

import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.Usage;
import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a model summarise rollouts.
 *
 * <p>In: a rollout and its task's statement. Out: its summary, from the journal where it was made before. A malformed reply is
 * sent back with what is wrong with it, twice at most; then the summary fails with a {@link MalformedSummaryException}. Text of
 * the rollout stands between fences that it cannot close.
 */
final class Summarizer {

    private static final int MOST_ASKS = 3;
    private static final int MOST_WORDS = 350;

    private final ChatModel model;
    private final ModelConfig config;
    private final Template question;
    private final Journal journal;
    private final long runSeed;
    private final Template system = Prompt.shipped(Prompt.SUMMARIZE_SYSTEM);
    private final Template complaint = Prompt.shipped(Prompt.SUMMARIZE_REPAIR);
    private final SummaryWriter writer = new SummaryWriter();

    Summarizer(ChatModel model, ModelConfig config, Template question, Journal journal, long runSeed) {
        this.model = model;
        this.config = config;
        this.question = question;
        this.journal = journal;
        this.runSeed = runSeed;
    }

    Summary summarize(Rollout rollout, String statement)
            throws ModelException, MalformedSummaryException, InterruptedException {
        List<ChatMessage> opening = open(rollout, statement);
        long seed = Ids.seed(runSeed, "summary", rollout.getRolloutId());
        JournalKey key = JournalKey.of(
                "summaries", rollout.getRolloutId(), config.answerKey(), opening.toString(), complaint.source(), seed);
        Optional<Summary> written = journal.find(key, Summary.class);
        if (written.isPresent()) {
            return Summary.newBuilder(written.get())
                    .setModelCallsPaid(0)
                    .setCostUsdPaid(0)
                    .build();
        }
        Summary summary = ask(rollout, opening, seed);
        journal.put(key, summary);
        return summary;
    }

    private Summary ask(Rollout rollout, List<ChatMessage> opening, long seed)
            throws ModelException, MalformedSummaryException, InterruptedException {
        List<ChatMessage> conversation = new ArrayList<>(opening);
        Usage usage = Usage.NONE;
        for (int ask = 0; ; ask++) {
            ChatReply reply = model.reply(new ChatRequest(
                    ChatRequest.Role.SUMMARIZER,
                    List.copyOf(conversation),
                    config.sampling(ask == 0 ? seed : Ids.seed(seed, "ask", ask))));
            usage = usage.plus(reply.usage());
            try {
                return writer.fromFields(rollout, SummaryReply.read(reply.content()))
                        .setModelCalls(ask + 1)
                        .setModelCallsPaid(ask + 1)
                        .setTokens(usage.tokens())
                        .setInputTokens(usage.inputTokens())
                        .setCachedTokens(usage.cachedTokens())
                        .setOutputTokens(usage.outputTokens())
                        .setCostUsd(usage.costUsd())
                        .setCostUsdPaid(usage.costUsd())
                        .build();
            } catch (MalformedSummaryException e) {
                if (ask + 1 == MOST_ASKS) {
                    throw e;
                }
                conversation.add(ChatMessage.assistant(reply.content()));
                conversation.add(ChatMessage.user(complaint.render(Map.of("problem", e.getMessage()))));
            }
        }
    }

    private List<ChatMessage> open(Rollout rollout, String statement) {
        String trace = TraceText.of(rollout);
        String change = SummaryWriter.change(rollout);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("statement", statement);
        values.put("trace", trace);
        values.put("change", change);
        values.put("outcome", rollout.getOutcome());
        values.put("step_count", rollout.getStepCount());
        values.put("max_words", MOST_WORDS);
        values.put("fence", Fence.around(statement, trace, change));
        return List.of(ChatMessage.system(system.render(Map.of())), ChatMessage.user(question.render(values)));
    }
}
