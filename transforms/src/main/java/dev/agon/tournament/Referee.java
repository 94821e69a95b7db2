package dev.agon.tournament;

import dev.agon.model.ModelException;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Match;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Vote;
import dev.agon.tournament.Judge.Cast;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.MDC;

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
        Optional<String> before = contenders.stream()
                .map(Contender::getUndecided)
                .filter(Objects::nonNull)
                .findFirst();
        if (before.isPresent()) {
            String why = "a match before it was left undecided";
            return undecided(match, before.get(), List.of(), List.of(failure(match, before.get(), why)));
        }
        List<Integer> represented = representatives(contenders);
        List<Integer> standing = represented.stream().distinct().collect(Collectors.toList());
        Tally tally = new Tally(
                contenders.stream().mapToInt(EqualSubmissions::headStart).toArray());
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
        List<Integer> tied = tally.total() == 0 ? standing : leaders; // a head start without any vote decides nothing
        if (tied.size() > 1 && whyUndecided(cast).isEmpty()) {
            List<VotePlan> pair = VotePlan.tieBreak(match.getMatchId(), runSeed, tied, votes);
            ask(match, pair, "tie_break", tally, cast);
            leaders = tally.leaders(tied);
            decidedBy = leaders.size() > 1 ? "coin" : "tie_break";
        }
        Optional<String> why = whyUndecided(cast);
        if (why.isPresent()) {
            return undecided(match, why.get(), votes(cast), failures(match, cast));
        }
        int winner = leaders.size() == 1 ? leaders.get(0) : Tally.coin(leaders, runSeed, match.getMatchId());
        return new PlayedMatch(
                Optional.of(
                        row(match, represented, tally, contenders.get(winner).getRolloutId(), decidedBy)),
                votes(cast),
                winner(
                        contenders.get(winner),
                        match,
                        standing.size() > 1,
                        tally.counts().get(winner),
                        tally.total()),
                failures(match, cast));
    }

    /** The same match, with the votes of its judge when one that lost it tries to win by words. They change nothing. */
    PlayedMatch attack(MatchPlan match, PlayedMatch played) throws InterruptedException {
        if (played.match().isEmpty() || played.votes().isEmpty()) {
            return played;
        }
        String winner = played.match().get().getWinner();
        List<Integer> standing =
                representatives(match.getContenders()).stream().distinct().collect(Collectors.toList());
        List<Integer> lost = standing.stream()
                .filter(candidate ->
                        !match.getContenders().get(candidate).getRolloutId().equals(winner))
                .collect(Collectors.toList());
        int attacked = lost.get((int) (Ids.seed(runSeed, "attacked", match.getMatchId()) % lost.size()));
        Attack attack =
                Attack.values()[(int) (Ids.seed(runSeed, "attack", match.getMatchId()) % Attack.values().length)];
        List<Contender> contenders = new ArrayList<>(match.getContenders());
        Contender honest = contenders.get(attacked);
        contenders.set(
                attacked,
                Contender.newBuilder(honest)
                        .setText(honest.getText() + "\n" + attack.text())
                        .build());
        List<VotePlan> plans = IntStream.range(0, votes)
                .mapToObj(vote -> VotePlan.of(match.getMatchId(), runSeed, standing, vote))
                .map(plan -> new VotePlan(votes + VoteSizes.TIE_BREAK + plan.number(), plan.order(), plan.seed()))
                .collect(Collectors.toList());
        List<Cast> cast = new ArrayList<>();
        ask(
                MatchPlan.newBuilder(match).setContenders(contenders).build(),
                plans,
                "attack",
                new Tally(new int[contenders.size()]),
                cast);
        List<Vote> all = new ArrayList<>(played.votes());
        for (Vote vote : votes(cast)) {
            all.add(Vote.newBuilder(vote)
                    .setAttack(attack.id())
                    .setAttacked(honest.getRolloutId())
                    .build());
        }
        return new PlayedMatch(played.match(), all, played.winner(), played.failures());
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
        if (cast.stream().anyMatch(Referee::isStopped)) {
            return Optional.of(STOPPED);
        }
        boolean unheard = cast.stream().anyMatch(each -> each.unanswered().isPresent())
                && cast.stream().noneMatch(each -> each.vote().getValid());
        return unheard ? Optional.of(MODEL) : Optional.empty();
    }

    private static boolean isStopped(Cast cast) {
        return cast.unanswered()
                .filter(unanswered -> unanswered.kind() == ModelException.Kind.STOPPED)
                .isPresent();
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
        return cast.stream()
                .filter(each -> !isStopped(each) || each.vote().getAsks() > 0)
                .map(Cast::vote)
                .collect(Collectors.toList());
    }

    /** One for the match if the run was stopped, and one for each vote that the judge failed to cast otherwise. */
    private static List<Failure> failures(MatchPlan match, List<Cast> cast) {
        List<Failure> failures = new ArrayList<>();
        unreadable(match, cast).ifPresent(failures::add);
        cast.stream()
                .filter(Referee::isStopped)
                .findFirst()
                .map(each -> each.unanswered().orElseThrow().getMessage())
                .ifPresent(why -> failures.add(failure(match, STOPPED, why)));
        cast.stream()
                .filter(each -> each.unanswered().isPresent() && !isStopped(each))
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
        Map<String, String> logged = MDC.getCopyOfContextMap();
        for (List<VotePlan> call : calls(plans)) {
            asked.add(threads.submit(() -> {
                MDC.setContextMap(logged == null ? Map.of() : logged); // log lines say which match they speak of
                return judge.cast(match, call, purpose);
            }));
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
                .setRepresents(match.getContenders().stream()
                        .map(Contender::getRepresents)
                        .collect(Collectors.toList()))
                .build();
    }
}
