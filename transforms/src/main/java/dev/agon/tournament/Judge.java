package dev.agon.tournament;

import dev.agon.journal.BlobKind;
import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Excerpt;
import dev.agon.runtime.JournaledAnswers;
import dev.agon.runtime.JournaledAnswers.Answers;
import dev.agon.runtime.JournaledAnswers.Sample;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Casts the votes of matches: shows the candidates to a model in the vote's order and reads its choice.
 *
 * <p>In: a match, and votes to cast that all show the candidates in one order; they are samples of one question. Out: the votes,
 * made of answers that the journal has where they were bought before. An unreadable answer is asked for once more; if that is
 * unreadable too, the vote is invalid. A vote that the model does not answer carries why. Never fails itself.
 */
final class Judge {

    static final int MOST_ASKS = 2;

    /** Of a reply, which matches and tables hold; the journal has the whole of it. */
    private static final int MOST_CHARACTERS_OF_A_REPLY = 64_000;

    private final JournaledAnswers answers;
    private final ModelConfig config;
    private final JudgePrompt prompt;

    Judge(JournaledAnswers answers, ModelConfig config, JudgePrompt prompt) {
        this.answers = answers;
        this.config = config;
        this.prompt = prompt;
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
    record Cast(VotePlan plan, Vote vote, Optional<ModelException> unanswered) {}

    /** @param plans votes of the same order */
    List<Cast> cast(MatchPlan match, List<VotePlan> plans, String purpose) throws InterruptedException {
        Question question = new Question(match, plans.get(0), purpose);
        List<Account> accounts = plans.stream().map(plan -> new Account()).collect(Collectors.toList());
        Answers first = answers.ask(
                samples(question, plans, accounts),
                question.request(plans.get(0).seed()));
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
        return cast;
    }

    private List<Sample> samples(Question question, List<VotePlan> plans, List<Account> accounts) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            VotePlan plan = plans.get(i);
            samples.add(new Sample(question.key(plan, 0, plan.seed()), plan.seed(), accounts.get(i)));
        }
        return samples;
    }

    /** The vote that an answer holds, or that the answer to asking again holds. */
    private Cast read(Question question, VotePlan plan, Account account, ChatReply first) throws InterruptedException {
        ChatReply reply = first;
        OptionalInt position = Ballot.read(reply.content(), question.shown.size());
        for (int ask = 1; position.isEmpty() && ask < MOST_ASKS; ask++) {
            long seed = Ids.seed(plan.seed(), "ask", ask);
            try {
                reply = answers.ask(question.key(plan, ask, seed), question.request(seed), account);
            } catch (ModelException e) {
                return question.notCast(plan, account, e);
            }
            position = Ballot.read(reply.content(), question.shown.size());
        }
        return question.cast(plan, account, reply, position);
    }

    /** One order of the candidates of a match, as the judge is asked about it. */
    private final class Question {

        private final MatchPlan match;
        private final String purpose;
        private final List<Contender> shown;
        private final List<String> order;
        private final List<ChatMessage> messages;

        Question(MatchPlan match, VotePlan plan, String purpose) {
            this.match = match;
            this.purpose = purpose;
            this.shown = plan.order().stream().map(match.getContenders()::get).collect(Collectors.toList());
            this.order = shown.stream().map(Contender::getRolloutId).collect(Collectors.toList());
            this.messages = prompt.ask(shown);
        }

        ChatRequest request(long seed) {
            return new ChatRequest(ChatRequest.Role.JUDGE, messages, config.sampling(seed));
        }

        JournalKey key(VotePlan plan, int ask, long seed) {
            return JournalKey.of(
                    BlobKind.VOTES,
                    match.getMatchId() + "/" + plan.number() + "/" + ask,
                    config.answerKey(),
                    messages.toString(),
                    order,
                    seed);
        }

        Cast cast(VotePlan plan, Account account, ChatReply reply, OptionalInt position) {
            Vote vote = row(plan)
                    .setChoice(position.isPresent() ? order.get(position.getAsInt()) : null)
                    .setValid(position.isPresent())
                    .setReply(Excerpt.of(reply.content(), MOST_CHARACTERS_OF_A_REPLY))
                    .setChoiceProbability(
                            position.isPresent()
                                    ? Ballot.probability(reply.logprobs()).orElse(null)
                                    : null)
                    .build();
            return new Cast(plan, account.into(vote), Optional.empty());
        }

        Cast notCast(VotePlan plan, Account account, ModelException why) {
            Vote vote = row(plan).setValid(false).build();
            return new Cast(plan, account.into(vote), Optional.of(why));
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
