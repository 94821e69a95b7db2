package dev.agon.rollout;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TaskRef;
import dev.agon.stores.HandedOver;
import dev.agon.stores.JournalStore;
import java.util.List;

/**
 * The contents of tasks by their references. The latest tasks stay in memory, since the rollouts of one task often follow one
 * another. Ground truths do not: they are loaded for each grade, and only for the grader.
 */
final class TaskContents implements AutoCloseable {

    /** Bytes of files in memory at most. */
    private static final long KEPT_BYTES = 64L << 20;

    private final HandedOver<Task> tasks;
    private final HandedOver<GroundTruth> truths;
    private final Cache<String, Task> kept = CacheBuilder.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((String key, Task task) -> bytes(task.getFiles()))
            .build();

    TaskContents(JournalStore store) {
        this.tasks = new HandedOver<>(store, Task.class);
        this.truths = new HandedOver<>(store, GroundTruth.class);
    }

    Task task(TaskRef ref) {
        Task task = kept.getIfPresent(ref.getTaskKey());
        if (task == null) {
            task = tasks.get(ref.getTaskKey());
            kept.put(ref.getTaskKey(), task);
        }
        return task;
    }

    GroundTruth truth(TaskRef ref) {
        return truths.get(ref.getTruthKey());
    }

    /** At least 1 KB, for all that a task has besides its files. */
    private static int bytes(List<TaskFile> files) {
        long bytes =
                files.stream().mapToLong(file -> file.getContent().remaining()).sum();
        return (int) Math.min(Integer.MAX_VALUE, bytes + 1024);
    }

    @Override
    public void close() {
        kept.invalidateAll();
    }
}
