package dev.agon.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalException;
import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.TokenLogprob;
import dev.agon.model.Usage;
import dev.agon.schemas.RecordedReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Answers of a model, each bought once: looked up in the journal before it is asked for, stored before it is used.
 *
 * <p>In: a question, and the journal key and seed of each sample of it. Out: the samples, in order, as far as the model gave them.
 * What a refusal is billed with is counted on the account of the sample that it met. That a question is too long for the model is
 * kept like an answer where a shorter one takes its place. Safe for use by many threads at once.
 */
public final class JournaledAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Finish reason of what stands for the answer to a question that is too long. */
    private static final String TOO_LONG = "context_length";

    private final ChatModel model;
    private final Journal journal;

    public JournaledAnswers(ChatModel model, Journal journal) {
        this.model = model;
        this.journal = journal;
    }

    /**
     * One answer, counted on the account of the element that asks.
     *
     * @param hasShorter whether a shorter question takes its place when it is too long
     */
    public ChatReply ask(JournalKey key, ChatRequest question, boolean hasShorter, Account account)
            throws ModelException, InterruptedException {
        Sample sample = new Sample(key, question.sampling().seed(), account);
        Answers answers = ask(List.of(sample), question, hasShorter);
        if (answers.unanswered().isPresent()) {
            throw answers.unanswered().get();
        }
        return answers.replies().get(0).orElseThrow();
    }

    /**
     * One sample of a question.
     *
     * @param key where it is kept
     * @param seed its seed
     * @param account of the element that it is for
     */
    public record Sample(JournalKey key, long seed, Account account) {}

    /**
     * What came of several samples.
     *
     * @param replies one for each sample; empty where there is none
     * @param unanswered why some are empty
     */
    public record Answers(List<Optional<ChatReply>> replies, Optional<ModelException> unanswered) {}

    /**
     * Several samples of one question; those that are not in the journal are asked for together.
     *
     * @param hasShorter whether a shorter question takes its place when it is too long
     */
    public Answers ask(List<Sample> samples, ChatRequest question, boolean hasShorter) throws InterruptedException {
        List<Optional<ChatReply>> replies = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Optional<RecordedReply> known = journal.find(samples.get(i).key(), RecordedReply.class);
            if (known.isPresent() && TOO_LONG.equals(known.get().getFinishReason())) {
                return new Answers(
                        Collections.nCopies(samples.size(), Optional.empty()),
                        Optional.of(new ModelException(
                                Kind.CONTEXT_LENGTH, known.get().getContent())));
            }
            replies.add(known.map(JournaledAnswers::reply));
            if (known.isPresent()) {
                samples.get(i).account().add(Usage.of(known.get()), false);
            } else {
                missing.add(i);
            }
        }
        try {
            while (!missing.isEmpty()) {
                List<ChatReply> bought = buy(samples, missing, question);
                for (ChatReply reply : bought) {
                    replies.set(missing.remove(0), Optional.of(reply));
                }
            }
            return new Answers(replies, Optional.empty());
        } catch (ModelException e) {
            if (e.usage().tokens() > 0) {
                samples.get(missing.get(0)).account().add(e.usage(), true);
            }
            if (e.kind() == Kind.CONTEXT_LENGTH && hasShorter) {
                for (int i : missing) {
                    RecordedReply tooLong = RecordedReply.newBuilder()
                            .setContent(e.getMessage())
                            .setFinishReason(TOO_LONG)
                            .build();
                    journal.put(samples.get(i).key(), tooLong);
                }
            }
            return new Answers(replies, Optional.of(e));
        }
    }

    /** What one call gives of the missing samples, the first ones; stored before it is returned. */
    private List<ChatReply> buy(List<Sample> samples, List<Integer> missing, ChatRequest question)
            throws ModelException, InterruptedException {
        List<Long> seeds = missing.stream().map(i -> samples.get(i).seed()).toList();
        ChatRequest first = question.withSeed(seeds.get(0));
        List<ChatReply> bought = seeds.size() == 1 ? List.of(model.reply(first)) : model.replies(first, seeds);
        for (int i = 0; i < bought.size(); i++) {
            Sample sample = samples.get(missing.get(i));
            journal.put(sample.key(), record(bought.get(i)));
            sample.account().add(bought.get(i).usage(), true);
        }
        return bought;
    }

    private static ChatReply reply(RecordedReply recorded) {
        return new ChatReply(
                recorded.getContent(),
                Optional.ofNullable(recorded.getReasoning()),
                List.of(),
                Optional.empty(),
                logprobs(recorded.getLogprobs()),
                Optional.ofNullable(recorded.getFinishReason()),
                Usage.of(recorded),
                0);
    }

    private static RecordedReply record(ChatReply reply) {
        try {
            return reply.usage()
                    .into(RecordedReply.newBuilder()
                            .setContent(reply.content())
                            .setReasoning(reply.reasoning().orElse(null))
                            .setFinishReason(reply.finishReason().orElse(null))
                            .setLogprobs(reply.logprobs().isEmpty() ? null : JSON.writeValueAsString(reply.logprobs()))
                            .build());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tokens can always be written as JSON", e);
        }
    }

    private static List<TokenLogprob> logprobs(String json) {
        if (json == null) {
            return List.of();
        }
        try {
            return JSON.readValue(json, new TypeReference<List<TokenLogprob>>() {});
        } catch (JsonProcessingException e) {
            throw new JournalException("an answer's log-probabilities are not readable: " + e.getMessage(), e);
        }
    }
}
