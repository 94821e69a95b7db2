package dev.agon.tasks;

import dev.agon.fields.Field;
import dev.agon.schemas.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers a data set record by record. Of two tasks with the same id it keeps the first. */
final class TaskSetBuilder {

    private final String dataSet;
    private final List<ReadTask> tasks = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, String> placeById = new HashMap<>();

    /** @param dataSet how messages name the data set */
    TaskSetBuilder(String dataSet) {
        this.dataSet = dataSet;
    }

    /** @param place file and record, such as {@code dev.jsonl:12} */
    void add(String place, ReadTask task) {
        String id = task.task().getTaskId();
        String first = placeById.putIfAbsent(id, place);
        if (first == null) {
            tasks.add(task);
        } else {
            reject(
                    place,
                    id,
                    "the task id `" + id + "` is already taken by " + first
                            + ", which is kept: give this record an id of its own");
        }
    }

    /** Adds all tasks and failures of another set. */
    void addAll(TaskSet set) {
        set.tasks().forEach(task -> add(task.task().getSource(), task));
        failures.addAll(set.failures());
    }

    /** @param taskId the record's task id; null when it could not be read */
    void reject(String place, String taskId, String message) {
        failures.add(Failure.newBuilder()
                .setStep("tasks")
                .setElementId(place)
                .setTaskId(taskId)
                .setKind("bad_input")
                .setMessage(place + ": " + message)
                .build());
    }

    /** Makes a task of each record, and rejects records of which it cannot. */
    Records records(TaskOfRecord reader) {
        return new Records() {
            @Override
            public void record(String place, Field<BadRecordException> record) {
                try {
                    add(place, reader.read(place, record));
                } catch (BadRecordException e) {
                    bad(place, e);
                }
            }

            @Override
            public void bad(String place, BadRecordException why) {
                reject(place, null, why.getMessage());
            }
        };
    }

    /** Makes a task of one record. */
    @FunctionalInterface
    interface TaskOfRecord {
        ReadTask read(String place, Field<BadRecordException> record) throws BadRecordException;
    }

    TaskSet build() throws BadInputException {
        if (tasks.isEmpty() && failures.isEmpty()) {
            throw new BadInputException(dataSet + " holds no task: check tasks.path and tasks.format");
        }
        if (tasks.isEmpty()) {
            throw new BadInputException("none of the " + failures.size() + " records of " + dataSet
                    + " can be read: check tasks.format. The first: "
                    + failures.get(0).getMessage());
        }
        return new TaskSet(tasks, failures);
    }
}
