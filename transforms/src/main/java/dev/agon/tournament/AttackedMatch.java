package dev.agon.tournament;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.Vote;
import dev.agon.tournament.Judge.Cast;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges a decided match once more, with an {@link Attack} in the text of a candidate that lost it. In: the match, and how it was played. Out:
 * the same, with the votes of the attack beside the others; they decide nothing. Attack and candidate are drawn by the run's seed. A match
 * that was left undecided, or that nobody was asked about, stays as it is.
 */
record AttackedMatch(CastVotes votes, long runSeed, int votesOfAMatch) {

    PlayedMatch attack(MatchPlan match, PlayedMatch played) throws InterruptedException {
        if (played.match().isEmpty() || played.votes().isEmpty()) {
            return played;
        }
        String winner = played.match().get().getWinner();
        List<Integer> standing = Referee.standing(match.getContenders());
        List<Integer> lost = standing.stream()
                .filter(candidate ->
                        !match.getContenders().get(candidate).getRolloutId().equals(winner))
                .collect(Collectors.toList());
        int attacked = lost.get(drawn("attacked", match, lost.size()));
        Attack attack = Attack.values()[drawn("attack", match, Attack.values().length)];
        List<Contender> contenders = new ArrayList<>(match.getContenders());
        Contender honest = contenders.get(attacked);
        contenders.set(
                attacked,
                Contender.newBuilder(honest)
                        .setText(honest.getText() + "\n" + attack.text())
                        .build());
        List<VotePlan> plans = IntStream.range(0, votesOfAMatch)
                .mapToObj(vote -> VotePlan.of(match.getMatchId(), runSeed, standing, vote))
                .map(plan ->
                        new VotePlan(votesOfAMatch + VoteSizes.TIE_BREAK + plan.number(), plan.order(), plan.seed()))
                .collect(Collectors.toList());
        List<Vote> all = new ArrayList<>(played.votes());
        for (Cast cast :
                votes.cast(MatchPlan.newBuilder(match).setContenders(contenders).build(), plans, "attack")) {
            if (cast.wasAsked()) {
                all.add(Vote.newBuilder(cast.vote())
                        .setAttack(attack.id())
                        .setAttacked(honest.getRolloutId())
                        .build());
            }
        }
        return new PlayedMatch(played.match(), all, played.winner(), played.failures());
    }

    private int drawn(String purpose, MatchPlan match, int from) {
        return (int) (Ids.seed(runSeed, purpose, match.getMatchId()) % from);
    }
}
