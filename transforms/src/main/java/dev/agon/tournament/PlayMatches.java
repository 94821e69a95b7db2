package dev.agon.tournament;

import dev.agon.concurrency.ConcurrentWork;
import dev.agon.concurrency.MapConcurrently;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Vote;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;

/** Plays matches: connects the judge in each worker and lets a {@link Referee} do the rest. */
final class PlayMatches implements ConcurrentWork<MatchPlan, PlayedMatch> {

    static final TupleTag<Contender> WINNERS = new TupleTag<>("winners") {};
    static final TupleTag<Match> MATCHES = new TupleTag<>("matches") {};
    static final TupleTag<Vote> VOTES = new TupleTag<>("votes") {};

    private final JudgeConfig config;
    private final long runSeed;
    private transient Referee referee;
    private transient AttackedMatch attacks;

    PlayMatches(JudgeConfig config, long runSeed) {
        this.config = config;
        this.runSeed = runSeed;
    }

    /** As many matches as keep all model calls in flight busy. */
    static InFlightLimit inFlight(RunScope scope, JudgeConfig config) {
        int calls = scope.modelCalls().inFlight();
        return new InFlightLimit("matches", Math.max(2, (calls + config.votes() - 1) / config.votes()));
    }

    @Override
    public void open(Worker worker) throws InterruptedException {
        VoteCount count = worker.resource(VoteCount.class, () -> new VoteCount(worker.control()::misconfigured));
        JudgePrompt prompt = JudgePrompt.of(config.prompts());
        Judge judge = new Judge(worker.answers(config.model()), config.model(), prompt, count);
        CastVotes votes = new CastVotes(judge, worker.threads());
        referee = new Referee(votes, runSeed, config.votes());
        attacks = new AttackedMatch(votes, runSeed, config.votes());
    }

    @Override
    public PlayedMatch apply(MatchPlan match) throws InterruptedException {
        PlayedMatch played = referee.play(match);
        return config.attacked() ? attacks.attack(match, played) : played;
    }

    /** The winner goes on. A match that was left undecided has no row. */
    @Override
    public void emit(PlayedMatch played, MultiOutputReceiver out) {
        out.get(WINNERS).output(played.winner());
        played.match().ifPresent(out.get(MATCHES)::output);
        played.votes().forEach(out.get(VOTES)::output);
        played.failures().forEach(out.get(MapConcurrently.FAILURES)::output);
    }

    @Override
    public Failure.Builder failureOf(MatchPlan match) {
        return Failure.newBuilder()
                .setStep("vote")
                .setElementId(match.getMatchId())
                .setTaskId(match.getTaskId());
    }

    @Override
    public Optional<PlayedMatch> inPlaceOf(MatchPlan match, Failure failure) {
        return Optional.of(Referee.undecided(match, failure.getKind(), List.of(), List.of(failure)));
    }

    @Override
    public void count(PlayedMatch played, Progress progress) {
        long valid = played.votes().stream().filter(Vote::getValid).count();
        progress.add(Counter.VOTES, valid);
        progress.add(Counter.INVALID_VOTES, played.votes().size() - valid);
        progress.failed(played.failures());
    }
}
