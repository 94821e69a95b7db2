package dev.agon.runtime;

import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.ModelException;
import dev.agon.prompts.Excerpt;
import dev.agon.prompts.Template;
import dev.agon.schemas.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks a model until its answer is well-formed.
 *
 * <p>In: a question, and what reads an answer to it. Out: what was read. A malformed answer is sent back with what is wrong with
 * it, until the question was asked as often as it may be; then this fails with a {@link MalformedAnswerException}, which has the
 * last answer. Safe for use by many threads at once.
 */
public final class WellFormedAnswers {

    /** Of a malformed answer, when it is sent back. */
    private static final int MOST_CHARACTERS_OF_A_REPLY = 64_000;

    private final JournaledAnswers answers;

    public WellFormedAnswers(JournaledAnswers answers) {
        this.answers = answers;
    }

    /** Reads what was asked for out of an answer. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ChatReply reply) throws MalformedAnswerException;
    }

    /** Where the answer to one ask is kept. */
    @FunctionalInterface
    public interface Keys {

        /**
         * @param ask from 0
         * @param conversation all that the model is shown
         */
        JournalKey of(int ask, List<ChatMessage> conversation, long seed);
    }

    /**
     * What is asked.
     *
     * @param request the first ask; its seed is that of the question
     * @param keys where answers are kept
     * @param complaint asks again; its variable {@code problem} says what was wrong
     * @param mostAsks how often to ask, 1 or more
     * @param hasShorter whether a shorter question takes its place when it is too long
     */
    public record Question(ChatRequest request, Keys keys, Template complaint, int mostAsks, boolean hasShorter) {}

    /**
     * A well-formed answer.
     *
     * @param value what was read
     * @param reply the answer it was read from
     * @param malformed how many answers before it were malformed
     */
    public record Read<T>(T value, ChatReply reply, int malformed) {}

    /**
     * Asks the question. If the journal has all its answers and all are malformed, it is asked anew under another seed: so a start
     * that finds nothing but malformed answers asks again, and each start asks at most once as often as it may.
     *
     * @param account where the answers are counted, malformed ones included
     */
    public <T> Read<T> ask(Question question, Reader<T> reader, Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        long seed = question.request().sampling().seed();
        MalformedAnswerException before = null;
        for (int first = 0; ; first += question.mostAsks()) {
            long ownSeed = first == 0 ? seed : Ids.seed(seed, "again", first);
            int bought = account.boughtCalls();
            try {
                ChatRequest opening = question.request().withSeed(ownSeed);
                JournalKey key = question.keys().of(first, opening.messages(), ownSeed);
                ChatReply reply = answers.ask(key, opening, question.hasShorter(), account);
                return read(question, first, opening, reply, before == null ? 0 : before.malformed(), reader, account);
            } catch (ModelException e) {
                if (before == null) {
                    throw e;
                }
                throw before; // what the journal has is all there is for now
            } catch (MalformedAnswerException e) {
                if (account.boughtCalls() > bought) {
                    throw e;
                }
                before = e;
            }
        }
    }

    /** Reads an answer to the question that the caller has got already, and asks again while it is malformed. */
    public <T> Read<T> read(Question question, ChatReply first, Reader<T> reader, Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        return read(question, 0, question.request(), first, 0, reader, account);
    }

    private <T> Read<T> read(
            Question question,
            int first,
            ChatRequest opening,
            ChatReply answer,
            int malformedBefore,
            Reader<T> reader,
            Account account)
            throws ModelException, MalformedAnswerException, InterruptedException {
        ChatReply reply = answer;
        ChatRequest request = opening;
        for (int ask = 1; ; ask++) {
            try {
                return new Read<>(reader.read(reply), reply, malformedBefore + ask - 1);
            } catch (MalformedAnswerException e) {
                String problem = reply.isCut()
                        ? "it was cut off at " + request.sampling().maxTokens() + " tokens; write less"
                        : e.getMessage();
                if (ask == question.mostAsks()) {
                    throw new MalformedAnswerException(problem, reply, malformedBefore + ask);
                }
                List<ChatMessage> conversation = new ArrayList<>(request.messages());
                conversation.add(ChatMessage.assistant(Excerpt.of(reply.content(), MOST_CHARACTERS_OF_A_REPLY)));
                conversation.add(ChatMessage.user(question.complaint().render(Map.of("problem", problem))));
                long seed = Ids.seed(opening.sampling().seed(), "ask", ask);
                request = request.with(conversation).withSeed(seed);
                JournalKey key = question.keys().of(first + ask, conversation, seed);
                reply = answers.ask(key, request, question.hasShorter(), account);
            }
        }
    }
}
