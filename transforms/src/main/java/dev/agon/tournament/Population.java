package dev.agon.tournament;

import dev.agon.runtime.RunScope;
import java.io.Serializable;

/**
 * How many candidates a task has when nothing is lost.
 *
 * @param largest all of them
 * @param scope the run, which may have been stopped
 */
record Population(int largest, RunScope scope) implements Serializable {

    /**
     * Whether the run's stop may have kept candidates from entering: the best may be among those that are missing, and a selection
     * from the rest would be another one when the run is started again.
     */
    boolean isCutShort(int candidates) {
        return candidates < largest && scope.stop().isPresent();
    }
}
