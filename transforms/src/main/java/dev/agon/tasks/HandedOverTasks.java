package dev.agon.tasks;

import dev.agon.schemas.Failure;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * A data set on its way from the launcher, which has read it, to workers that may not see the launcher's disk. It waits in the
 * journal's store, which all of them share; only the names of its parts travel in the pipeline's graph, for which some engines
 * bear no more than 10 MB. What agents may see and what only graders may are in parts of their own.
 *
 * @param store the journal's store
 * @param tasks names of the parts with {@link Task}s
 * @param truths names of the parts with {@link GroundTruth}s
 * @param failures names of the parts with records that could not be read, as {@link Failure}s
 */
public record HandedOverTasks(JournalStore store, List<String> tasks, List<String> truths, List<String> failures)
        implements Serializable {

    /**
     * Puts a data set into the store.
     *
     * @param folder name of a folder that nobody else uses, for as long as the pipeline runs
     */
    public static HandedOverTasks stage(TaskSet set, JournalStore store, String folder) throws IOException {
        return new HandedOverTasks(
                store,
                new HandedOverRecords<>(Task.class)
                        .put(set.tasks().stream().map(ReadTask::task).toList(), store, folder + "/tasks"),
                new HandedOverRecords<>(GroundTruth.class)
                        .put(set.tasks().stream().map(ReadTask::truth).toList(), store, folder + "/truths"),
                new HandedOverRecords<>(Failure.class).put(set.failures(), store, folder + "/failures"));
    }
}
