package dev.agon.tournament;

import java.io.Serializable;

/**
 * One tournament over the rollouts of one iteration.
 *
 * @param stage {@code select}, {@code final} or {@code select_one}, as the tables have it
 * @param bracket target and group size
 * @param largestPopulation most candidates that a task can have: rounds are unrolled for so many
 * @param mergeEqual whether equal submissions enter as one candidate
 * @param goesOn whether those who enter are the survivors of another one
 */
public record TournamentPlan(String stage, Bracket bracket, int largestPopulation, boolean mergeEqual, boolean goesOn)
        implements Serializable {

    public static final String SELECT = "select";
    public static final String FINAL = "final";
    /** From what {@link #SELECT} left to one, for the figure alone: nobody is told who it is. */
    public static final String SELECT_ONE = "select_one";

    /** Down to the size of the refinement context. */
    public static TournamentPlan select(int contextSize, int groupSize, int rollouts, boolean mergeEqual) {
        return new TournamentPlan(SELECT, new Bracket(contextSize, groupSize), rollouts, mergeEqual, false);
    }

    /** Down to one. */
    public static TournamentPlan finale(int groupSize, int rollouts, boolean mergeEqual) {
        return new TournamentPlan(FINAL, new Bracket(1, groupSize), rollouts, mergeEqual, false);
    }

    /** On from what this one leaves, to one: its rounds and those of the other are the rounds of one tournament. */
    public TournamentPlan goOn(String toStage) {
        return new TournamentPlan(toStage, new Bracket(1, bracket.groupSize()), bracket.target(), mergeEqual, true);
    }
}
