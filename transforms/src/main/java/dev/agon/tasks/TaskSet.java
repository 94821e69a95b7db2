package dev.agon.tasks;

import dev.agon.schemas.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set that was read. Each record is in exactly one of the two lists.
 *
 * @param tasks the tasks, in the order of the data set, each id once
 * @param failures the records that could not be read, with the reason
 */
public record TaskSet(List<ReadTask> tasks, List<Failure> failures) {

    public TaskSet {
        tasks = List.copyOf(tasks);
        failures = List.copyOf(failures);
    }

    /** The first tasks, at most {@code limit}, with every failure. */
    public TaskSet first(int limit) {
        return new TaskSet(tasks.subList(0, Math.min(limit, tasks.size())), failures);
    }

    /**
     * The named tasks, in the order of the data set, with every failure.
     *
     * @throws BadInputException when an id is not in the data set
     */
    public TaskSet only(List<String> ids) throws BadInputException {
        Map<String, ReadTask> byId = new LinkedHashMap<>();
        tasks.forEach(task -> byId.put(task.task().getTaskId(), task));
        for (String id : ids) {
            if (!byId.containsKey(id)) {
                throw new BadInputException("no task `" + id + "` can be read in this data set: "
                        + reason(id, byId.keySet().stream().toList()));
            }
        }
        List<ReadTask> kept = new ArrayList<>(byId.values());
        kept.removeIf(task -> !ids.contains(task.task().getTaskId()));
        return new TaskSet(kept, failures);
    }

    private String reason(String id, List<String> readable) {
        return failures.stream()
                .filter(failure -> id.equals(failure.getTaskId()))
                .findFirst()
                .map(Failure::getMessage)
                .orElseGet(() -> "the nearest id is `" + NearestName.of(id, readable) + "`");
    }
}
