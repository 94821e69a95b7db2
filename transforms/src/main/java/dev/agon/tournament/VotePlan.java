package dev.agon.tournament;

import dev.agon.schemas.Ids;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One vote to be cast: its number, its seed, and the order in which the judge sees the candidates.
 *
 * <p>Orders are balanced: over any number of votes, the times that a candidate stands in each position differ by at most one.
 * Each block of as many votes as there are candidates turns one seeded permutation through all its rotations. Vote v is the same
 * vote however many there are, so that more votes only add to those already cast.
 *
 * @param number number of the vote within the match, from 0
 * @param order candidates as indices into the match's list, in order of presentation
 * @param seed seed of the vote's first ask
 */
record VotePlan(int number, List<Integer> order, long seed) {

    /** A vote among the given candidates (indices into the match's list). */
    static VotePlan of(String matchId, long runSeed, List<Integer> candidates, int number) {
        int size = candidates.size();
        List<Integer> order = new ArrayList<>(candidates);
        Collections.shuffle(order, new Random(Ids.seed(runSeed, "order", matchId, number / size)));
        Collections.rotate(order, -(number % size));
        return new VotePlan(number, List.copyOf(order), Ids.seed(runSeed, "vote", matchId, number));
    }

    /** The two votes that break a tie: among the tied alone, once in one order and once in the reverse. */
    static List<VotePlan> tieBreak(String matchId, long runSeed, List<Integer> tied, int firstNumber) {
        List<Integer> order = new ArrayList<>(tied);
        Collections.shuffle(order, new Random(Ids.seed(runSeed, "tie", matchId)));
        List<Integer> reverse = new ArrayList<>(order);
        Collections.reverse(reverse);
        return List.of(
                new VotePlan(firstNumber, List.copyOf(order), Ids.seed(runSeed, "vote", matchId, "tie", 0)),
                new VotePlan(firstNumber + 1, List.copyOf(reverse), Ids.seed(runSeed, "vote", matchId, "tie", 1)));
    }
}
