package dev.agon.summarize;

import dev.agon.journal.BlobKind;
import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Excerpt;
import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.runtime.JournaledAnswers;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has a model summarise rollouts.
 *
 * <p>In: an attempt and its task's statement. Out: its summary, of answers that the journal has where they were bought before. A malformed reply is
 * sent back with what is wrong with it, twice at most; then the summary fails with a {@link MalformedSummaryException}. Text of
 * the rollout stands between fences that it cannot close.
 */
final class Summarizer {

    static final int MOST_ASKS = 3;
    private static final int MOST_WORDS = 350;
    /** Of a malformed reply, when it is sent back. */
    private static final int MOST_CHARACTERS_OF_A_REPLY = 64_000;

    private final JournaledAnswers answers;
    private final ModelConfig config;
    private final long runSeed;
    private final Template system;
    private final Template question;
    private final Template complaint;
    private final SummaryWriter writer;

    Summarizer(JournaledAnswers answers, SummarizerConfig config, long runSeed) {
        this.answers = answers;
        this.config = config.model();
        this.runSeed = runSeed;
        this.system = config.prompts().get(Prompt.SUMMARIZE_SYSTEM);
        this.question = config.prompts().get(Prompt.SUMMARIZE);
        this.complaint = config.prompts().get(Prompt.SUMMARIZE_REPAIR);
        this.writer = new SummaryWriter(config);
    }

    /** @param account where the answers are counted, those of a summary that fails included */
    Summary summarize(SummarySource attempt, String statement, Account account)
            throws ModelException, MalformedSummaryException, InterruptedException {
        List<ChatMessage> conversation = new ArrayList<>(open(attempt, statement));
        long seed = Ids.seed(runSeed, "summary", attempt.rolloutId());
        for (int ask = 0; ; ask++) {
            long ownSeed = ask == 0 ? seed : Ids.seed(seed, "ask", ask);
            JournalKey key = JournalKey.of(
                    BlobKind.SUMMARIES,
                    attempt.rolloutId() + "/" + ask,
                    config.answerKey(),
                    conversation.toString(),
                    ownSeed);
            ChatReply reply = answers.ask(
                    key,
                    new ChatRequest(ChatRequest.Role.SUMMARIZER, List.copyOf(conversation), config.sampling(ownSeed)),
                    account);
            try {
                return account.into(writer.fromFields(attempt, SummaryReply.read(reply.content()))
                        .build());
            } catch (MalformedSummaryException e) {
                if (ask + 1 == MOST_ASKS) {
                    throw e;
                }
                conversation.add(ChatMessage.assistant(Excerpt.of(reply.content(), MOST_CHARACTERS_OF_A_REPLY)));
                conversation.add(ChatMessage.user(complaint.render(Map.of("problem", e.getMessage()))));
            }
        }
    }

    private List<ChatMessage> open(SummarySource attempt, String statement) {
        return List.of(
                ChatMessage.system(system.render(Map.of())),
                ChatMessage.user(question(
                        question,
                        statement,
                        attempt.trace(),
                        attempt.change(),
                        attempt.outcome(),
                        attempt.stepCount())));
    }

    /** The question for a summary, as text. */
    static String question(
            Template question, String statement, String trace, String change, String outcome, int stepCount) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("statement", statement);
        values.put("trace", trace);
        values.put("change", change);
        values.put("outcome", outcome);
        values.put("step_count", stepCount);
        values.put("max_words", MOST_WORDS);
        values.put("fence", Fence.around(statement, trace, change));
        return question.render(values);
    }
}
