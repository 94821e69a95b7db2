package dev.agon.summarize;

import dev.agon.journal.BlobKind;
import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.AnswerSchema;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Excerpt;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.runtime.JournaledAnswers;
import dev.agon.runtime.WellFormedAnswers;
import dev.agon.runtime.WellFormedAnswers.Question;
import dev.agon.runtime.WellFormedAnswers.Read;
import dev.agon.runtime.WellFormedAnswers.Reader;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has a model summarise rollouts.
 *
 * <p>In: an attempt and its task's statement. Out: its summary, of answers that the journal has where they were bought before. What
 * finds no room in one question is read in parts first, and the summary is made of the notes on them; where these are too long as
 * well, they are read in parts again. A model that finds a question too long is asked shorter ones. A malformed answer is sent back
 * with what is wrong with it, twice at most; then the summary fails with a {@link MalformedAnswerException}.
 */
final class Summarizer {

    static final int MOST_ASKS = 3;

    private final WellFormedAnswers answers;
    private final ModelConfig config;
    private final long runSeed;
    private final SummaryPrompts prompts;
    private final Template complaint;
    private final SummaryWriter writer;

    Summarizer(JournaledAnswers answers, SummarizerConfig config, long runSeed) {
        this.answers = new WellFormedAnswers(answers);
        this.config = config.model();
        this.runSeed = runSeed;
        this.prompts = new SummaryPrompts(config);
        this.complaint = config.prompts().get(Prompt.SUMMARIZE_REPAIR);
        this.writer = new SummaryWriter(config);
    }

    /** @param account where the answers are counted, those of a summary that fails included */
    Summary summarize(SummarySource attempt, String statement, Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        SummaryPrompts fitting = prompts;
        while (true) {
            try {
                return summarize(attempt, statement, fitting, account);
            } catch (ModelException e) {
                if (e.kind() != ModelException.Kind.CONTEXT_LENGTH || !fitting.canBeShorter()) {
                    throw e;
                }
                fitting = fitting.shorter(statement.length()
                        + attempt.change().length()
                        + attempt.trace().text().length());
            }
        }
    }

    private Summary summarize(SummarySource attempt, String statement, SummaryPrompts fitting, Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        int room = fitting.room(statement);
        List<String> read = attempt.trace().steps();
        int parts = 1;
        for (int level = 0; length(read) > room; level++) {
            List<String> texts = TraceParts.of(read, room);
            parts = level == 0 ? texts.size() : parts;
            read = new ArrayList<>();
            for (int number = 0; number < texts.size(); number++) {
                String slot = attempt.rolloutId() + "/part-" + level + "-" + number;
                String notes = ask(
                                slot,
                                fitting.part(statement, texts.get(number), room),
                                Optional.empty(),
                                1,
                                fitting.canBeShorter(),
                                reply -> notes(reply, SummaryPrompts.mostOfAPart(room)),
                                account)
                        .value();
                read.add("=== Notes on part " + (number + 1) + "\n" + notes + "\n");
            }
        }
        Read<SummaryFields> answer = ask(
                attempt.rolloutId(),
                fitting.question(
                        statement,
                        String.join("", read),
                        parts,
                        attempt.change(),
                        attempt.outcome(),
                        attempt.stepCount()),
                Optional.of(SummarySchema.of(config.maxTokens())),
                MOST_ASKS,
                fitting.canBeShorter(),
                reply -> SummaryReply.read(reply.content(), SummarySchema.isBrief(config.maxTokens())),
                account);
        return account.into(writer.fromFields(attempt, answer.value())
                .setParts(parts)
                .setMalformedAnswers(answer.malformed())
                .setFinishReason(answer.reply().finishReason().orElse(null))
                .build());
    }

    private static String notes(ChatReply reply, int most) throws MalformedAnswerException {
        if (reply.content().isBlank()) {
            throw new MalformedAnswerException("the notes on a part are empty");
        }
        return Excerpt.of(reply.content().strip(), most);
    }

    private static int length(List<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }

    private <T> Read<T> ask(
            String slot,
            List<ChatMessage> opening,
            Optional<AnswerSchema> schema,
            int mostAsks,
            boolean hasShorter,
            Reader<T> reader,
            Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        ChatRequest request = new ChatRequest(
                        ChatRequest.Role.SUMMARIZER, opening, config.sampling(Ids.seed(runSeed, "summary", slot)))
                .with(schema);
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
                        mostAsks,
                        hasShorter),
                reader,
                account);
    }
}
