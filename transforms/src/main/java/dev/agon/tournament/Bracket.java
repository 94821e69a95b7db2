package dev.agon.tournament;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The shape of a tournament: who meets whom, for any number of candidates, any group size and any target.
 *
 * <p>With r candidates left and target K there is no round when r <= K; else there are max(K, ceil(r / G)) groups of sizes as
 * equal as possible, so that exactly K survive. A group of one is a bye.
 *
 * @param target how many survive (K), 1 or more
 * @param groupSize most candidates in one match (G), 2 or more
 */
public record Bracket(int target, int groupSize) implements java.io.Serializable {

    public Bracket {
        if (target < 1) {
            throw new IllegalArgumentException("a tournament needs 1 survivor or more, not " + target);
        }
        if (groupSize < 2) {
            throw new IllegalArgumentException("a match needs 2 candidates or more, not " + groupSize);
        }
    }

    /** Whether so many candidates have to play. */
    public boolean plays(int candidates) {
        return candidates > target;
    }

    /** Rounds until no more than the target are left. */
    public int rounds(int candidates) {
        int rounds = 0;
        for (int left = candidates; plays(left); left = groups(left)) {
            rounds++;
        }
        return rounds;
    }

    /** Groups of the next round, and so survivors of it. */
    int groups(int candidates) {
        return Math.max(target, (candidates + groupSize - 1) / groupSize);
    }

    /** Sizes of all matches that so many candidates play, over all rounds; byes are left out. */
    public List<Integer> matchSizes(int candidates) {
        List<Integer> sizes = new ArrayList<>();
        for (int left = candidates; plays(left); left = groups(left)) {
            groupSizes(left).stream().filter(size -> size > 1).forEach(sizes::add);
        }
        return sizes;
    }

    private List<Integer> groupSizes(int candidates) {
        int groups = groups(candidates);
        int smaller = candidates / groups;
        int larger = candidates % groups;
        List<Integer> sizes = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            sizes.add(smaller + (group < larger ? 1 : 0));
        }
        return sizes;
    }

    /**
     * Deals candidates into groups in their order; the first groups are the larger ones. Byes go to those who had fewest, of equals to
     * the last, so that nobody has a second bye while another has none (the paper has no byes: its 16 are a power of its 2; with 9,
     * one candidate would win by a single match).
     *
     * @param byes how many rounds a candidate has passed without a match
     */
    <T> List<List<T>> deal(List<T> candidates, ToIntFunction<T> byes) {
        List<Integer> sizes = groupSizes(candidates.size());
        Comparator<Integer> fewestByes = Comparator.comparingInt(place -> byes.applyAsInt(candidates.get(place)));
        Set<Integer> passing = IntStream.range(0, candidates.size())
                .boxed()
                .sorted(fewestByes.thenComparing(Comparator.reverseOrder()))
                .limit(sizes.stream().filter(size -> size == 1).count())
                .collect(Collectors.toSet());
        List<T> order = Stream.of(false, true)
                .flatMap(passes -> IntStream.range(0, candidates.size())
                        .filter(place -> passing.contains(place) == passes)
                        .mapToObj(candidates::get))
                .toList();
        List<List<T>> dealt = new ArrayList<>();
        int next = 0;
        for (int size : sizes) {
            dealt.add(List.copyOf(order.subList(next, next + size)));
            next += size;
        }
        return dealt;
    }

    /** The order in which the candidates enter: a shuffle that depends on the seed and on who they are, not on how they arrived. */
    static List<Contender> shuffle(List<Contender> candidates, long seed, String stage) {
        List<Contender> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparingLong((Contender c) -> Ids.seed(seed, "bracket", stage, c.getRolloutId()))
                .thenComparing(Contender::getRolloutId));
        return order;
    }
}
