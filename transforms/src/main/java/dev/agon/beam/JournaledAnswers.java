package dev.agon.beam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalException;
import dev.agon.journal.JournalKey;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.TokenLogprob;
import dev.agon.model.Usage;
import dev.agon.schemas.RecordedReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers of a model, each bought once: looked up in the journal before it is asked for, stored before it is used.
 *
 * <p>In: a question, and the journal key and seed of each sample of it. Out: the samples, in order. Fails with the model's
 * {@link ModelException}; samples that were there stay there. Safe for use by many threads at once.
 */
public final class JournaledAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChatModel model;
    private final Journal journal;

    public JournaledAnswers(ChatModel model, Journal journal) {
        this.model = model;
        this.journal = journal;
    }

    /** One answer, counted on the account of the element that asks. */
    public ChatReply ask(JournalKey key, ChatRequest question, Account account)
            throws ModelException, InterruptedException {
        return ask(List.of(new Sample(key, question.sampling().seed(), account)), question)
                .get(0);
    }

    /**
     * One sample of a question.
     *
     * @param key where it is kept
     * @param seed its seed
     * @param account of the element that it is for
     */
    public record Sample(JournalKey key, long seed, Account account) {}

    /** Several samples of one question; those that are not in the journal are asked for together. */
    public List<ChatReply> ask(List<Sample> samples, ChatRequest question) throws ModelException, InterruptedException {
        List<ChatReply> answers = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Optional<ChatReply> known = find(samples.get(i).key());
            answers.add(known.orElse(null));
            if (known.isPresent()) {
                samples.get(i).account().add(known.get().usage(), false);
            } else {
                missing.add(i);
            }
        }
        if (!missing.isEmpty()) {
            buy(samples, missing, question, answers);
        }
        return answers;
    }

    private void buy(List<Sample> samples, List<Integer> missing, ChatRequest question, List<ChatReply> answers)
            throws ModelException, InterruptedException {
        List<Long> seeds = missing.stream().map(i -> samples.get(i).seed()).toList();
        List<ChatReply> bought = missing.size() == 1
                ? List.of(model.reply(new ChatRequest(
                        question.role(),
                        question.messages(),
                        question.tools(),
                        question.sampling().withSeed(seeds.get(0)))))
                : model.replies(question, seeds);
        for (int i = 0; i < missing.size(); i++) {
            Sample sample = samples.get(missing.get(i));
            journal.put(sample.key(), record(bought.get(i)));
            sample.account().add(bought.get(i).usage(), true);
            answers.set(missing.get(i), bought.get(i));
        }
    }

    private Optional<ChatReply> find(JournalKey key) {
        return journal.find(key, RecordedReply.class)
                .map(recorded -> new ChatReply(
                        recorded.getContent(),
                        Optional.ofNullable(recorded.getReasoning()),
                        List.of(),
                        Optional.empty(),
                        logprobs(recorded.getLogprobs()),
                        new Usage(
                                recorded.getInputTokens(),
                                recorded.getCachedTokens(),
                                recorded.getCacheWriteTokens(),
                                recorded.getOutputTokens(),
                                recorded.getReasoningTokens(),
                                recorded.getCostUsd(),
                                false)));
    }

    private static RecordedReply record(ChatReply reply) {
        Usage usage = reply.usage();
        try {
            return new RecordedReply(
                    reply.content(),
                    reply.reasoning().orElse(null),
                    usage.inputTokens(),
                    usage.cachedTokens(),
                    usage.cacheWriteTokens(),
                    usage.outputTokens(),
                    usage.reasoningTokens(),
                    usage.costUsd(),
                    reply.logprobs().isEmpty() ? null : JSON.writeValueAsString(reply.logprobs()));
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
