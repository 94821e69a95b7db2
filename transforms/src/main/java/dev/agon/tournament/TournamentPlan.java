package dev.agon.tournament;

import java.io.Serializable;

/**
 * One tournament over the rollouts of one iteration.
 *
 * @param stage {@code select} or {@code final}, as the tables have it
 * @param bracket target and group size
 * @param largestPopulation most candidates that a task can have: rounds are unrolled for so many
 */
public record TournamentPlan(String stage, Bracket bracket, int largestPopulation) implements Serializable {

    /** Down to the size of the refinement context. */
    public static TournamentPlan select(int contextSize, int groupSize, int rollouts) {
        return new TournamentPlan("select", new Bracket(contextSize, groupSize), rollouts);
    }

    /** Down to one. */
    public static TournamentPlan finale(int groupSize, int rollouts) {
        return new TournamentPlan("final", new Bracket(1, groupSize), rollouts);
    }
}
