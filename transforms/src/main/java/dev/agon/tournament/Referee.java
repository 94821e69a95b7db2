package dev.agon.tournament;

import dev.agon.model.ModelException;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.PlayedMatch;
import dev.agon.schemas.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plays one match by the rules: candidates with the same submission stand as one, the votes are asked at once and counted in the
 * order of their numbers, a tie gets one more balanced pair of votes, then a coin.
 *
 * <p>In: a match. Out: its row, its votes, its winner, and a failure for each vote that the judge did not answer; such votes are
 * invalid and count for nobody. Never fails itself.
 */
final class Referee {

    private final Judge judge;
    private final ExecutorService threads;
    private final long runSeed;
    private final int votes;

    Referee(Judge judge, ExecutorService threads, long runSeed, int votes) {
        this.judge = judge;
        this.threads = threads;
        this.runSeed = runSeed;
        this.votes = votes;
    }

    PlayedMatch play(MatchPlan match) throws InterruptedException {
        List<Contender> contenders = match.getContenders();
        List<Integer> represented = representatives(contenders);
        List<Integer> standing = represented.stream().distinct().collect(Collectors.toList());
        Tally tally = new Tally(contenders.size());
        List<Vote> cast = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        String decidedBy = contenders.size() == 1 ? "bye" : "identical";
        List<Integer> leaders = standing;
        if (standing.size() > 1) {
            List<VotePlan> plans = IntStream.range(0, votes)
                    .mapToObj(vote -> VotePlan.of(match.getMatchId(), runSeed, standing, vote))
                    .collect(Collectors.toList());
            ask(match, plans, "regular", tally, cast, failures);
            leaders = tally.leaders(standing);
            decidedBy = "votes";
        }
        if (leaders.size() > 1) {
            ask(
                    match,
                    VotePlan.tieBreak(match.getMatchId(), runSeed, leaders, votes),
                    "tie_break",
                    tally,
                    cast,
                    failures);
            leaders = tally.leaders(leaders);
            decidedBy = leaders.size() > 1 ? "coin" : "tie_break";
        }
        int winner = leaders.size() == 1 ? leaders.get(0) : Tally.coin(leaders, runSeed, match.getMatchId());
        return new PlayedMatch(
                row(match, represented, tally, contenders.get(winner).getRolloutId(), decidedBy),
                cast,
                Contender.newBuilder(contenders.get(winner))
                        .setVotesWon(contenders.get(winner).getVotesWon()
                                + tally.counts().get(winner))
                        .setPlace(match.getGroup())
                        .build(),
                failures);
    }

    /** For each candidate, the first one with the same submission. Empty submissions are never the same. */
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

    private void ask(
            MatchPlan match, List<VotePlan> plans, String purpose, Tally tally, List<Vote> cast, List<Failure> failures)
            throws InterruptedException {
        List<Future<Vote>> asked = plans.stream()
                .map(plan -> threads.submit(() -> judge.cast(match, plan, purpose)))
                .collect(Collectors.toList());
        for (int vote = 0; vote < plans.size(); vote++) {
            VotePlan plan = plans.get(vote);
            try {
                Vote answer = asked.get(vote).get();
                tally.count(candidate(match, answer));
                cast.add(answer);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ModelException unanswered)) {
                    asked.forEach(other -> other.cancel(true));
                    throw new IllegalStateException("a vote of match " + match.getMatchId() + " ended with a bug", e);
                }
                cast.add(Judge.notCast(match, plan, purpose));
                failures.add(failure(match, plan, unanswered));
            }
        }
    }

    private static OptionalInt candidate(MatchPlan match, Vote vote) {
        return IntStream.range(0, match.getContenders().size())
                .filter(candidate ->
                        match.getContenders().get(candidate).getRolloutId().equals(vote.getChoice()))
                .findFirst();
    }

    private static Failure failure(MatchPlan match, VotePlan plan, ModelException unanswered) {
        return Failure.newBuilder()
                .setStep("vote")
                .setElementId(match.getMatchId() + "/" + plan.number())
                .setTaskId(match.getTaskId())
                .setKind("model")
                .setMessage("the judge did not vote: " + unanswered.getMessage())
                .build();
    }

    private static Match row(MatchPlan match, List<Integer> represented, Tally tally, String winner, String decidedBy) {
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
                .setRepresentedBy(represented.stream().map(candidates::get).collect(Collectors.toList()))
                .setTally(tally.counts())
                .setWinner(winner)
                .setDecidedBy(decidedBy)
                .build();
    }
}
