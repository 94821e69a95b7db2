package dev.agon.trajectory;

import java.util.List;

/**
 * The contents of a file of a corpus. Every document is in one of the two lists.
 *
 * @param trajectories the attempts that could be read, in the order in which they stand in the file
 * @param bad why the others could not be read: one for each document, or one for the whole file
 */
public record TrajectoriesOfFile(List<Trajectory> trajectories, List<BadTrajectoryException> bad) {

    public TrajectoriesOfFile {
        trajectories = List.copyOf(trajectories);
        bad = List.copyOf(bad);
    }

    public static TrajectoriesOfFile nothing(BadTrajectoryException why) {
        return new TrajectoriesOfFile(List.of(), List.of(why));
    }
}
