package dev.agon.summarize;

import dev.agon.journal.BlobKind;
import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Excerpt;
import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.runtime.JournaledAnswers;
import dev.agon.runtime.WellFormedAnswers;
import dev.agon.runtime.WellFormedAnswers.Question;
import dev.agon.runtime.WellFormedAnswers.Read;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a model summarise rollouts.
 *
 * <p>In: an attempt and its task's statement. Out: its summary, of answers that the journal has where they were bought before. A
 * malformed answer is sent back with what is wrong with it, twice at most; then the summary fails with a {@link
 * MalformedAnswerException}. When the model finds the question too long, it is shown half of the trace. Text of the rollout stands
 * between fences that it cannot close.
 */
final class Summarizer {

    static final int MOST_ASKS = 3;
    private static final int MOST_WORDS = 350;
    /** A trace of fewer characters says nothing. */
    private static final int SHORTEST_TRACE = 1_000;

    private final WellFormedAnswers answers;
    private final ModelConfig config;
    private final long runSeed;
    private final Template system;
    private final Template question;
    private final Template complaint;
    private final SummaryWriter writer;

    Summarizer(JournaledAnswers answers, SummarizerConfig config, long runSeed) {
        this.answers = new WellFormedAnswers(answers);
        this.config = config.model();
        this.runSeed = runSeed;
        this.system = config.prompts().get(Prompt.SUMMARIZE_SYSTEM);
        this.question = config.prompts().get(Prompt.SUMMARIZE);
        this.complaint = config.prompts().get(Prompt.SUMMARIZE_REPAIR);
        this.writer = new SummaryWriter(config);
    }

    /** @param account where the answers are counted, those of a summary that fails included */
    Summary summarize(SummarySource attempt, String statement, Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        SummarySource shown = attempt;
        while (true) {
            try {
                Read<SummaryFields> read = ask(attempt.rolloutId(), open(shown, statement), account);
                return account.into(writer.fromFields(attempt, read.value())
                        .setMalformedAnswers(read.malformed())
                        .setFinishReason(read.reply().finishReason().orElse(null))
                        .build());
            } catch (ModelException e) {
                if (e.kind() != ModelException.Kind.CONTEXT_LENGTH
                        || shown.trace().length() < 2 * SHORTEST_TRACE) {
                    throw e;
                }
                shown = shown.withTrace(Excerpt.of(shown.trace(), shown.trace().length() / 2));
            }
        }
    }

    /** The answer to one conversation that ends with a question for a summary. */
    private Read<SummaryFields> ask(String slot, List<ChatMessage> opening, Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        ChatRequest request = new ChatRequest(
                        ChatRequest.Role.SUMMARIZER, opening, config.sampling(Ids.seed(runSeed, "summary", slot)))
                .with(Optional.of(SummarySchema.of(config.maxTokens())));
        return answers.ask(
                new Question(
                        request,
                        (ask, conversation, seed) -> JournalKey.of(
                                BlobKind.SUMMARIES,
                                slot + "/" + ask,
                                config.answerKey(),
                                conversation.toString(),
                                seed),
                        complaint,
                        MOST_ASKS),
                reply -> SummaryReply.read(reply.content(), SummarySchema.isBrief(config.maxTokens())),
                account);
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
