package dev.agon.tournament;

import dev.agon.schemas.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counts the valid votes of one match. Invalid votes count for nobody. */
final class Tally {

    private final int[] headStarts;
    private final int[] votes;

    /** @param headStarts what each candidate has before the first vote */
    Tally(int... headStarts) {
        this.headStarts = headStarts;
        this.votes = new int[headStarts.length];
    }

    void count(OptionalInt choice) {
        choice.ifPresent(candidate -> votes[candidate]++);
    }

    /** The candidates among the given ones that have most, in their order. */
    List<Integer> leaders(List<Integer> candidates) {
        int most = candidates.stream().mapToInt(this::sum).max().orElseThrow();
        return candidates.stream().filter(candidate -> sum(candidate) == most).collect(Collectors.toList());
    }

    private int sum(int candidate) {
        return headStarts[candidate] + votes[candidate];
    }

    /** One of the given candidates, by a coin that depends on the match alone. */
    static int coin(List<Integer> tied, long runSeed, String matchId) {
        return tied.get((int) (Ids.seed(runSeed, "coin", matchId) % tied.size()));
    }

    int total() {
        return IntStream.of(votes).sum();
    }

    List<Integer> counts() {
        return IntStream.of(votes).boxed().collect(Collectors.toCollection(ArrayList::new));
    }
}
