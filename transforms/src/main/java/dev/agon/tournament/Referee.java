package dev.agon.tournament;

import dev.agon.model.ModelException;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Vote;
import dev.agon.tournament.Judge.Cast;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plays one match by the rules: candidates with the same submission stand as one, the votes are asked at once and counted in the
 * order of their numbers, on top of the head starts of {@link EqualSubmissions}, a tie gets one more balanced pair of votes, then a coin.
 *
 * <p>In: a match. Out: its row, its votes, its winner, and a failure for each vote that the judge did not answer; such votes are
 * invalid and count for nobody. A match is left undecided when the run was stopped before its votes were bought, or when the judge
 * failed and no vote is valid: a coin in place of a judge would be no selection, and the next start casts the votes. Never fails
 * itself.
 */
final class Referee {

    private static final String STOPPED = "stopped";
    private static final String MODEL = "model";

    private final CastVotes castVotes;
    private final long runSeed;
    private final int votes;

    Referee(CastVotes castVotes, long runSeed, int votes) {
        this.castVotes = castVotes;
        this.runSeed = runSeed;
        this.votes = votes;
    }

    PlayedMatch play(MatchPlan match) throws InterruptedException {
        List<Contender> contenders = match.getContenders();
        Optional<String> before = contenders.stream()
                .map(Contender::getUndecided)
                .filter(Objects::nonNull)
                .findFirst();
        if (before.isPresent()) {
            String why = "a match before it was left undecided";
            return undecided(match, before.get(), List.of(), List.of(failure(match, before.get(), why)));
        }
        List<Integer> standing = standing(contenders);
        Tally tally = new Tally(
                contenders.stream().mapToInt(EqualSubmissions::headStart).toArray());
        List<Cast> cast = new ArrayList<>();
        String decidedBy = contenders.size() == 1 ? "bye" : "identical";
        List<Integer> leaders = standing;
        if (standing.size() > 1) {
            List<VotePlan> plans = IntStream.range(0, votes)
                    .mapToObj(vote -> VotePlan.of(match.getMatchId(), runSeed, standing, vote))
                    .collect(Collectors.toList());
            cast.addAll(counted(match, castVotes.cast(match, plans, "regular"), tally));
            leaders = tally.leaders(standing);
            decidedBy = "votes";
        }
        List<Integer> tied = tally.total() == 0 ? standing : leaders; // a head start without any vote decides nothing
        if (tied.size() > 1 && whyUndecided(cast).isEmpty()) {
            List<VotePlan> pair = VotePlan.tieBreak(match.getMatchId(), runSeed, tied, votes);
            cast.addAll(counted(match, castVotes.cast(match, pair, "tie_break"), tally));
            leaders = tally.total() == 0 ? tied : tally.leaders(tied);
            decidedBy = leaders.size() > 1 ? "coin" : "tie_break";
        }
        Optional<String> why = whyUndecided(cast);
        if (why.isPresent()) {
            return undecided(match, why.get(), votes(cast), failures(match, cast));
        }
        int winner = leaders.size() == 1 ? leaders.get(0) : Tally.coin(leaders, runSeed, match.getMatchId());
        return new PlayedMatch(
                Optional.of(row(match, tally, contenders.get(winner).getRolloutId(), decidedBy)),
                votes(cast),
                winner(
                        contenders.get(winner),
                        match,
                        standing.size() > 1,
                        tally.counts().get(winner),
                        tally.total()),
                failures(match, cast));
    }

    /** Equal submissions would have had all votes, had anybody been asked; a bye has none to win. */
    private Contender winner(Contender winner, MatchPlan match, boolean asked, int won, int cast) {
        boolean bye = match.getContenders().size() == 1;
        int possible = asked ? cast : bye ? 0 : votes;
        return Contender.newBuilder(winner)
                .setVotesWon(winner.getVotesWon() + (asked ? won : possible))
                .setVotesPossible(winner.getVotesPossible() + possible)
                .setByes(winner.getByes() + (bye ? 1 : 0))
                .setRounds(match.getRound() + 1)
                .setPlace(match.getGroup())
                .build();
    }

    /** Kind of the failure that leaves a match with these votes undecided. */
    private static Optional<String> whyUndecided(List<Cast> cast) {
        if (cast.stream().anyMatch(Cast::isStopped)) {
            return Optional.of(STOPPED);
        }
        boolean unheard = cast.stream().anyMatch(each -> each.unanswered().isPresent())
                && cast.stream().noneMatch(each -> each.vote().getValid());
        return unheard ? Optional.of(MODEL) : Optional.empty();
    }

    static PlayedMatch undecided(MatchPlan match, String kind, List<Vote> votes, List<Failure> failures) {
        Contender nobody = Contender.newBuilder(match.getContenders().get(0))
                .setUndecided(kind)
                .setRounds(match.getRound() + 1)
                .setPlace(match.getGroup())
                .build();
        return new PlayedMatch(Optional.empty(), votes, nobody, failures);
    }

    /** All votes but those that a stop kept from being asked for at all. */
    private static List<Vote> votes(List<Cast> cast) {
        return cast.stream().filter(Cast::wasAsked).map(Cast::vote).collect(Collectors.toList());
    }

    /** One for the match if the run was stopped, and one for each vote that the judge failed to cast otherwise. */
    private static List<Failure> failures(MatchPlan match, List<Cast> cast) {
        List<Failure> failures = new ArrayList<>();
        unreadable(match, cast).ifPresent(failures::add);
        cast.stream()
                .filter(Cast::isStopped)
                .findFirst()
                .map(each -> each.unanswered().orElseThrow().getMessage())
                .ifPresent(why -> failures.add(failure(match, STOPPED, why)));
        cast.stream()
                .filter(each -> each.unanswered().isPresent() && !each.isStopped())
                .forEach(each -> failures.add(notCast(match, each)));
        return failures;
    }

    /** The failure of a match whose votes were all answered, and none of them could be read. */
    private static Optional<Failure> unreadable(MatchPlan match, List<Cast> cast) {
        boolean unread = !cast.isEmpty()
                && cast.stream()
                        .noneMatch(each ->
                                each.vote().getValid() || each.unanswered().isPresent());
        return !unread
                ? Optional.empty()
                : Optional.of(Failure.newBuilder()
                        .setStep("vote")
                        .setElementId(match.getMatchId())
                        .setTaskId(match.getTaskId())
                        .setKind(MODEL)
                        .setMessage(
                                "a coin decided the match: none of its " + cast.size()
                                        + " votes could be read. The detail has the last reply; another prompt or judge votes anew")
                        .setDetail(cast.get(cast.size() - 1).vote().getReply())
                        .build());
    }

    private static Failure failure(MatchPlan match, String kind, String why) {
        return Failure.newBuilder()
                .setStep("vote")
                .setElementId(match.getMatchId())
                .setTaskId(match.getTaskId())
                .setKind(kind)
                .setMessage("the match was not decided: " + why + "; started again, the run decides it")
                .build();
    }

    /** Who stands before the judge: one of each submission. */
    static List<Integer> standing(List<Contender> contenders) {
        return representatives(contenders).stream().distinct().collect(Collectors.toList());
    }

    /** For each candidate, the first one with the same submission. Those without a hash are like nobody. */
    private static List<Integer> representatives(List<Contender> contenders) {
        List<Integer> represented = new ArrayList<>();
        for (int candidate = 0; candidate < contenders.size(); candidate++) {
            String hash = contenders.get(candidate).getSubmissionHash();
            int first = candidate;
            for (int earlier = 0; hash != null && first == candidate && earlier < candidate; earlier++) {
                if (hash.equals(contenders.get(earlier).getSubmissionHash())) {
                    first = earlier;
                }
            }
            represented.add(first);
        }
        return represented;
    }

    private static List<Cast> counted(MatchPlan match, List<Cast> cast, Tally tally) {
        cast.forEach(each -> tally.count(candidate(match, each.vote())));
        return cast;
    }

    private static OptionalInt candidate(MatchPlan match, Vote vote) {
        return IntStream.range(0, match.getContenders().size())
                .filter(candidate ->
                        match.getContenders().get(candidate).getRolloutId().equals(vote.getChoice()))
                .findFirst();
    }

    private static Failure notCast(MatchPlan match, Cast notCast) {
        ModelException unanswered = notCast.unanswered().orElseThrow();
        return Failure.newBuilder()
                .setStep("vote")
                .setElementId(match.getMatchId() + "/" + notCast.plan().number())
                .setTaskId(match.getTaskId())
                .setKind(MODEL)
                .setMessage("the judge did not vote: " + unanswered.getMessage())
                .setAttempts(unanswered.tries())
                .setDetail(unanswered.detail().isEmpty() ? null : unanswered.detail())
                .build();
    }

    private static Match row(MatchPlan match, Tally tally, String winner, String decidedBy) {
        List<String> candidates =
                match.getContenders().stream().map(Contender::getRolloutId).collect(Collectors.toList());
        return Match.newBuilder()
                .setMatchId(match.getMatchId())
                .setTaskId(match.getTaskId())
                .setIteration(match.getIteration())
                .setStage(match.getStage())
                .setRound(match.getRound())
                .setGroup(match.getGroup())
                .setCandidates(candidates)
                .setRepresentedBy(representatives(match.getContenders()).stream()
                        .map(candidates::get)
                        .collect(Collectors.toList()))
                .setTally(tally.counts())
                .setWinner(winner)
                .setDecidedBy(decidedBy)
                .setRepresents(match.getContenders().stream()
                        .map(Contender::getRepresents)
                        .collect(Collectors.toList()))
                .build();
    }
}
