package dev.agon.tournament;

import dev.agon.model.ModelException;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.PlayedMatch;
import dev.agon.schemas.Vote;
import dev.agon.tournament.Judge.Cast;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * invalid and count for nobody. A match whose votes were not bought because the run is stopped is left undecided. Never fails
 * itself.
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
        if (contenders.stream().anyMatch(Contender::getUndecided)) {
            return undecided(match, List.of(), List.of(stopped(match, "a match before it was left undecided")));
        }
        List<Integer> represented = representatives(contenders);
        List<Integer> standing = represented.stream().distinct().collect(Collectors.toList());
        Tally tally = new Tally(contenders.size());
        List<Cast> cast = new ArrayList<>();
        String decidedBy = contenders.size() == 1 ? "bye" : "identical";
        List<Integer> leaders = standing;
        if (standing.size() > 1) {
            List<VotePlan> plans = IntStream.range(0, votes)
                    .mapToObj(vote -> VotePlan.of(match.getMatchId(), runSeed, standing, vote))
                    .collect(Collectors.toList());
            ask(match, plans, "regular", tally, cast);
            leaders = tally.leaders(standing);
            decidedBy = "votes";
        }
        if (leaders.size() > 1 && stop(cast).isEmpty()) {
            List<VotePlan> pair = VotePlan.tieBreak(match.getMatchId(), runSeed, leaders, votes);
            ask(match, pair, "tie_break", tally, cast);
            leaders = tally.leaders(leaders);
            decidedBy = leaders.size() > 1 ? "coin" : "tie_break";
        }
        Optional<ModelException> stop = stop(cast);
        if (stop.isPresent()) {
            List<Vote> answered = cast.stream()
                    .filter(each -> each.unanswered().isEmpty())
                    .map(Cast::vote)
                    .collect(Collectors.toList());
            return undecided(match, answered, List.of(stopped(match, stop.get().getMessage())));
        }
        int winner = leaders.size() == 1 ? leaders.get(0) : Tally.coin(leaders, runSeed, match.getMatchId());
        return new PlayedMatch(
                row(match, represented, tally, contenders.get(winner).getRolloutId(), decidedBy),
                cast.stream().map(Cast::vote).collect(Collectors.toList()),
                Contender.newBuilder(contenders.get(winner))
                        .setVotesWon(contenders.get(winner).getVotesWon()
                                + tally.counts().get(winner))
                        .setPlace(match.getGroup())
                        .build(),
                cast.stream()
                        .filter(each -> each.unanswered().isPresent())
                        .map(each -> failure(match, each))
                        .collect(Collectors.toList()));
    }

    /** That the run was stopped before a vote could be bought. */
    private static Optional<ModelException> stop(List<Cast> cast) {
        return cast.stream()
                .flatMap(each -> each.unanswered().stream())
                .filter(unanswered -> unanswered.kind() == ModelException.Kind.STOPPED)
                .findFirst();
    }

    private static PlayedMatch undecided(MatchPlan match, List<Vote> answered, List<Failure> failures) {
        Contender nobody = Contender.newBuilder(match.getContenders().get(0))
                .setUndecided(true)
                .setPlace(match.getGroup())
                .build();
        return new PlayedMatch(null, answered, nobody, failures);
    }

    private static Failure stopped(MatchPlan match, String why) {
        return Failure.newBuilder()
                .setStep("vote")
                .setElementId(match.getMatchId())
                .setTaskId(match.getTaskId())
                .setKind("stopped")
                .setMessage("the match was not decided: " + why)
                .build();
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

    /** Casts votes at once, those of one order together where the judge takes several in one call, and counts them by number. */
    private void ask(MatchPlan match, List<VotePlan> plans, String purpose, Tally tally, List<Cast> cast)
            throws InterruptedException {
        List<Future<List<Cast>>> asked = new ArrayList<>();
        for (List<VotePlan> call : calls(plans)) {
            asked.add(threads.submit(() -> judge.cast(match, call, purpose)));
        }
        List<Cast> answered = new ArrayList<>();
        for (Future<List<Cast>> call : asked) {
            try {
                answered.addAll(call.get());
            } catch (ExecutionException e) {
                asked.forEach(other -> other.cancel(true));
                throw new IllegalStateException("a vote of match " + match.getMatchId() + " ended with a bug", e);
            }
        }
        answered.sort(Comparator.comparingInt(each -> each.plan().number()));
        answered.forEach(each -> tally.count(candidate(match, each.vote())));
        cast.addAll(answered);
    }

    private Collection<List<VotePlan>> calls(List<VotePlan> plans) {
        Map<List<Integer>, Integer> ofOrder = new HashMap<>();
        Map<String, List<VotePlan>> calls = new LinkedHashMap<>();
        for (VotePlan plan : plans) {
            int call = ofOrder.merge(plan.order(), 1, Integer::sum) - 1;
            calls.computeIfAbsent(plan.order() + "/" + call / judge.votesPerCall(), key -> new ArrayList<>())
                    .add(plan);
        }
        return calls.values();
    }

    private static OptionalInt candidate(MatchPlan match, Vote vote) {
        return IntStream.range(0, match.getContenders().size())
                .filter(candidate ->
                        match.getContenders().get(candidate).getRolloutId().equals(vote.getChoice()))
                .findFirst();
    }

    private static Failure failure(MatchPlan match, Cast notCast) {
        ModelException unanswered = notCast.unanswered().orElseThrow();
        return Failure.newBuilder()
                .setStep("vote")
                .setElementId(match.getMatchId() + "/" + notCast.plan().number())
                .setTaskId(match.getTaskId())
                .setKind("model")
                .setMessage("the judge did not vote: " + unanswered.getMessage())
                .setAttempts(unanswered.attempts())
                .setDetail(unanswered.evidence().isEmpty() ? null : unanswered.evidence())
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
