package dev.agon.tables;

import java.io.Serializable;

/**
 * Where the tables of a run go.
 *
 * @param folder the run's folder, on any of Beam's file systems, without a slash at its end
 * @param runId the run's id, for the metadata of each file
 * @param files most files of each table; fixed, since a runner-chosen number is slow in one process
 */
public record TableTarget(String folder, String runId, int files) implements Serializable {

    /** Name of the folder, below the run's, that holds files which are not finished; it is of no use once all are. */
    public static final String UNFINISHED = ".unfinished";
}
