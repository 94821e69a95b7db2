package dev.agon.tournament;

import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.Usage;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Vote;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Casts the votes of matches: shows the candidates to a model in the vote's order and reads its choice.
 *
 * <p>In: a match and a vote to cast. Out: the vote, from the journal where it was cast before. An unreadable answer is asked for
 * once more; if that is unreadable too, the vote is invalid. Fails with a {@link ModelException} when the judge does not answer.
 */
final class Judge {

    private static final int MOST_ASKS = 2;

    private final ChatModel model;
    private final ModelConfig config;
    private final JudgePrompt prompt;
    private final Journal journal;
    private final Progress progress;

    Judge(ChatModel model, ModelConfig config, JudgePrompt prompt, Journal journal, Progress progress) {
        this.model = model;
        this.config = config;
        this.prompt = prompt;
        this.journal = journal;
        this.progress = progress;
    }

    Vote cast(MatchPlan match, VotePlan plan, String purpose) throws ModelException, InterruptedException {
        List<Contender> shown =
                plan.order().stream().map(match.getContenders()::get).collect(Collectors.toList());
        List<ChatMessage> question = prompt.ask(shown);
        JournalKey key = JournalKey.of(
                "votes",
                match.getMatchId() + "/" + plan.number(),
                config.answerKey(),
                question.toString(),
                shown.stream().map(Contender::getRolloutId).collect(Collectors.toList()),
                plan.seed());
        Optional<Vote> cast = journal.find(key, Vote.class);
        if (cast.isPresent()) {
            progress.add(Counter.VOTES, 1);
            return Vote.newBuilder(cast.get())
                    .setModelCallsPaid(0)
                    .setCostUsdPaid(0)
                    .build();
        }
        Vote vote = ask(match, plan, purpose, shown, question);
        journal.put(key, vote);
        progress.add(Counter.VOTES, 1);
        return vote;
    }

    private Vote ask(MatchPlan match, VotePlan plan, String purpose, List<Contender> shown, List<ChatMessage> question)
            throws ModelException, InterruptedException {
        OptionalInt position = OptionalInt.empty();
        Usage usage = Usage.NONE;
        String reply = null;
        int asks = 0;
        while (position.isEmpty() && asks < MOST_ASKS) {
            long seed = asks == 0 ? plan.seed() : Ids.seed(plan.seed(), "ask", asks);
            ChatReply answer = model.reply(new ChatRequest(ChatRequest.Role.JUDGE, question, config.sampling(seed)));
            usage = usage.plus(answer.usage());
            reply = answer.content();
            position = Ballot.read(reply, shown.size());
            asks++;
        }
        return row(match, plan, purpose)
                .setChoice(position.isPresent() ? shown.get(position.getAsInt()).getRolloutId() : null)
                .setValid(position.isPresent())
                .setReply(reply)
                .setAsks(asks)
                .setModelCallsPaid(asks)
                .setTokens(usage.tokens())
                .setInputTokens(usage.inputTokens())
                .setCachedTokens(usage.cachedTokens())
                .setOutputTokens(usage.outputTokens())
                .setCostUsd(usage.costUsd())
                .setCostUsdPaid(usage.costUsd())
                .build();
    }

    /** The vote that could not be cast, because the judge did not answer. */
    static Vote notCast(MatchPlan match, VotePlan plan, String purpose) {
        return row(match, plan, purpose)
                .setValid(false)
                .setAsks(0)
                .setTokens(0)
                .setInputTokens(0)
                .setCachedTokens(0)
                .setOutputTokens(0)
                .setCostUsd(0)
                .setCostUsdPaid(0)
                .build();
    }

    private static Vote.Builder row(MatchPlan match, VotePlan plan, String purpose) {
        return Vote.newBuilder()
                .setMatchId(match.getMatchId())
                .setTaskId(match.getTaskId())
                .setVote(plan.number())
                .setPurpose(purpose)
                .setSeed(plan.seed())
                .setPresentationOrder(plan.order().stream()
                        .map(candidate -> match.getContenders().get(candidate).getRolloutId())
                        .collect(Collectors.toList()));
    }
}
