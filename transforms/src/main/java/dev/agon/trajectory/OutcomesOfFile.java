package dev.agon.trajectory;

import java.util.List;

/**
 * The contents of a file of outcomes.
 *
 * @param outcomes one for each attempt that the file grades
 * @param withoutVerdict tasks whose grading failed; they have no outcome
 * @param bad records that cannot be read, by line or field
 */
public record OutcomesOfFile(
        List<RecordedOutcome> outcomes, List<String> withoutVerdict, List<BadTrajectoryException> bad) {

    public OutcomesOfFile {
        outcomes = List.copyOf(outcomes);
        withoutVerdict = List.copyOf(withoutVerdict);
        bad = List.copyOf(bad);
    }
}
