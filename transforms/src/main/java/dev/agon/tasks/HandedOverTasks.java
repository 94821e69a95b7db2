package dev.agon.tasks;

import dev.agon.journal.Journal;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskRef;
import dev.agon.stores.JournalStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A data set on its way from the launcher, which has read it, to workers that may not see the launcher's disk. Each task waits in two
 * blobs of the journal's store, which all of them share: what an agent may see, and what only the grader may see. Only references
 * travel in the pipeline. A worker loads the task that it works on.
 *
 * @param store the journal's store
 * @param tasks a reference to each task
 * @param failures names of the blobs of records that could not be read
 */
public record HandedOverTasks(JournalStore store, List<TaskRef> tasks, List<String> failures) implements Serializable {

    /**
     * Puts a data set into the store.
     *
     * @param folder name of a folder that nobody else uses while the pipeline runs
     */
    public static HandedOverTasks put(TaskSet set, JournalStore store, String folder) {
        Journal journal = store.open();
        List<TaskRef> tasks = new ArrayList<>();
        for (ReadTask read : set.tasks()) {
            String place = Integer.toString(tasks.size());
            Task task = read.task();
            tasks.add(new TaskRef(
                    task.getTaskId(),
                    journal.putByContent(folder + "/tasks/" + place, task),
                    journal.putByContent(folder + "/truths/" + place, read.truth())));
        }
        List<String> failures = new ArrayList<>();
        set.failures()
                .forEach(failure ->
                        failures.add(journal.putByContent(folder + "/failures/" + failures.size(), failure)));
        return new HandedOverTasks(store, tasks, failures);
    }
}
