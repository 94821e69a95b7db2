package dev.agon.tournament;

import dev.agon.journal.BlobKind;
import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Excerpt;
import dev.agon.runtime.JournaledAnswers;
import dev.agon.runtime.JournaledAnswers.Answers;
import dev.agon.runtime.JournaledAnswers.Sample;
import dev.agon.runtime.WellFormedAnswers;
import dev.agon.runtime.WellFormedAnswers.Read;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Facts;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Casts the votes of matches: shows the candidates to a model in the vote's order and reads its choice.
 *
 * <p>In: a match, and votes to cast that all show the candidates in one order; they are samples of one question. Out: the votes,
 * made of answers that the journal has where they were bought before. An unreadable answer is sent back once with what is wrong with
 * it; if the next is unreadable too, the vote is invalid. A question that is too long for the model is asked again with less of each
 * candidate. A vote that the model does not answer carries why. Never fails itself.
 */
final class Judge {

    static final int MOST_ASKS = 2;

    /** Of a reply, which matches and tables hold; the journal has the whole of it. */
    private static final int MOST_CHARACTERS_OF_A_REPLY = 64_000;

    private static final int MOST_CHARACTERS_OF_A_QUOTE = 200;
    /** Fewer characters of a candidate say nothing. */
    private static final int SHORTEST_TEXT = 500;

    private final JournaledAnswers answers;
    private final WellFormedAnswers readable;
    private final ModelConfig config;
    private final JudgePrompt prompt;
    private final VoteCount count;

    Judge(JournaledAnswers answers, ModelConfig config, JudgePrompt prompt, VoteCount count) {
        this.answers = answers;
        this.readable = new WellFormedAnswers(answers);
        this.config = config;
        this.prompt = prompt;
        this.count = count;
    }

    /** Most votes of one order that are cast in one call. */
    int votesPerCall() {
        return config.samplesPerCall();
    }

    /**
     * A vote, and why it could not be cast, if it could not.
     *
     * @param plan what was to be cast
     * @param vote its row; invalid when it could not be cast
     * @param unanswered what the model failed with
     */
    record Cast(VotePlan plan, Vote vote, Optional<ModelException> unanswered) {

        boolean isStopped() {
            return unanswered
                    .filter(why -> why.kind() == ModelException.Kind.STOPPED)
                    .isPresent();
        }

        /** Whether it was asked for at all; a stop may have kept it from that. */
        boolean wasAsked() {
            return !isStopped() || vote.getAsks() > 0;
        }

        boolean isTooLong() {
            return unanswered
                    .filter(why -> why.kind() == ModelException.Kind.CONTEXT_LENGTH)
                    .isPresent();
        }
    }

    /** @param plans votes of the same order */
    List<Cast> cast(MatchPlan match, List<VotePlan> plans, String purpose) throws InterruptedException {
        List<Account> accounts = plans.stream().map(plan -> new Account()).collect(Collectors.toList());
        int longest = match.getContenders().stream()
                .mapToInt(contender -> contender.getText().length())
                .max()
                .orElse(0);
        return cast(match, plans, accounts, purpose, longest);
    }

    /** @param most characters that are shown of each candidate; half as many when the model finds the question too long */
    private List<Cast> cast(MatchPlan match, List<VotePlan> plans, List<Account> accounts, String purpose, int most)
            throws InterruptedException {
        Question question = new Question(match, plans.get(0), purpose, most);
        Answers first = answers.ask(
                samples(question, plans, accounts),
                question.request(plans.get(0).seed()),
                question.hasShorter);
        List<Cast> cast = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            Optional<ChatReply> reply = first.replies().get(i);
            cast.add(
                    reply.isPresent()
                            ? read(question, plans.get(i), accounts.get(i), reply.get())
                            : question.notCast(
                                    plans.get(i),
                                    accounts.get(i),
                                    first.unanswered().orElseThrow()));
        }
        for (int i = 0; i < plans.size(); i++) {
            if (cast.get(i).isTooLong() && question.hasShorter) {
                cast.set(
                        i,
                        cast(match, List.of(plans.get(i)), List.of(accounts.get(i)), purpose, most / 2)
                                .get(0));
            }
        }
        return cast;
    }

    private List<Sample> samples(Question question, List<VotePlan> plans, List<Account> accounts) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            VotePlan plan = plans.get(i);
            samples.add(
                    new Sample(question.key(plan, 0, question.messages, plan.seed()), plan.seed(), accounts.get(i)));
        }
        return samples;
    }

    /** The vote that an answer holds, or that the answer to asking again holds. */
    private Cast read(Question question, VotePlan plan, Account account, ChatReply first) throws InterruptedException {
        int candidates = question.shown.size();
        try {
            Read<Integer> read =
                    readable.read(question.of(plan), first, reply -> Ballot.read(reply, candidates), account);
            count.add(true, config.id(), "");
            return question.cast(plan, account, read);
        } catch (ModelException e) {
            return question.notCast(plan, account, e);
        } catch (MalformedAnswerException e) {
            count.add(false, config.id(), Excerpt.of(e.text(), MOST_CHARACTERS_OF_A_QUOTE));
            return question.invalid(plan, account, e);
        }
    }

    /** One order of the candidates of a match, as the judge is asked about it. */
    private final class Question {

        private final MatchPlan match;
        private final String purpose;
        private final List<Contender> shown;
        private final List<String> order;
        private final List<ChatMessage> messages;
        private final boolean hasShorter;

        Question(MatchPlan match, VotePlan plan, String purpose, int most) {
            this.match = match;
            this.purpose = purpose;
            this.shown = plan.order().stream()
                    .map(match.getContenders()::get)
                    .map(contender -> Contender.newBuilder(contender)
                            .setText(Excerpt.of(contender.getText(), most))
                            .build())
                    .collect(Collectors.toList());
            this.order = shown.stream().map(Contender::getRolloutId).collect(Collectors.toList());
            this.messages = prompt.ask(shown);
            this.hasShorter = most >= 2 * SHORTEST_TEXT;
        }

        ChatRequest request(long seed) {
            return new ChatRequest(ChatRequest.Role.JUDGE, messages, config.sampling(seed))
                    .with(Optional.of(Ballot.schema(shown.size(), config.maxTokens())))
                    .withFacts(facts());
        }

        private List<Facts> facts() {
            List<Facts> facts = shown.stream().map(Contender::getFacts).collect(Collectors.toList());
            return facts.contains(null) ? List.of() : facts;
        }

        WellFormedAnswers.Question of(VotePlan plan) {
            return new WellFormedAnswers.Question(
                    request(plan.seed()),
                    (ask, conversation, seed) -> key(plan, ask, conversation, seed),
                    prompt.repair(),
                    MOST_ASKS,
                    hasShorter);
        }

        JournalKey key(VotePlan plan, int ask, List<ChatMessage> conversation, long seed) {
            return JournalKey.of(
                    BlobKind.VOTES,
                    match.getMatchId() + "/" + plan.number() + "/" + ask,
                    config.answerKey(),
                    conversation.toString(),
                    order,
                    seed);
        }

        Cast cast(VotePlan plan, Account account, Read<Integer> read) {
            Vote vote = row(plan, read.reply(), read.malformed())
                    .setChoice(order.get(read.value()))
                    .setValid(true)
                    .setChoiceProbability(Ballot.probability(read.reply().logprobs(), read.value(), shown.size())
                            .orElse(null))
                    .build();
            return new Cast(plan, account.into(vote), Optional.empty());
        }

        Cast invalid(VotePlan plan, Account account, MalformedAnswerException e) {
            Vote vote = row(plan, e.reply().orElseThrow(), e.malformed())
                    .setValid(false)
                    .build();
            return new Cast(plan, account.into(vote), Optional.empty());
        }

        Cast notCast(VotePlan plan, Account account, ModelException why) {
            Vote vote = row(plan).setValid(false).build();
            return new Cast(plan, account.into(vote), Optional.of(why));
        }

        private Vote.Builder row(VotePlan plan, ChatReply reply, int malformed) {
            return row(plan)
                    .setReply(Excerpt.of(reply.content(), MOST_CHARACTERS_OF_A_REPLY))
                    .setFinishReason(reply.finishReason().orElse(null))
                    .setMalformedAnswers(malformed);
        }

        private Vote.Builder row(VotePlan plan) {
            return Vote.newBuilder()
                    .setMatchId(match.getMatchId())
                    .setTaskId(match.getTaskId())
                    .setVote(plan.number())
                    .setPurpose(purpose)
                    .setSeed(plan.seed())
                    .setPresentationOrder(order);
        }
    }
}
