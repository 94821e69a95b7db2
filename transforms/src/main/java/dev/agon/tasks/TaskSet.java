package dev.agon.tasks;

import dev.agon.sandbox.SandboxConfig;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set that was read. Each record is in exactly one of the two lists.
 *
 * @param tasks the tasks, in the order of the data set, each id once
 * @param failures the records that could not be read, with the reason
 */
public record TaskSet(List<ReadTask> tasks, List<Failure> failures) {

    private static final String UNRUNNABLE = "unrunnable";

    public TaskSet {
        tasks = List.copyOf(tasks);
        failures = List.copyOf(failures);
    }

    /** The first tasks, at most {@code limit}, with every failure. */
    public TaskSet first(int limit) {
        return new TaskSet(tasks.subList(0, Math.min(limit, tasks.size())), failures);
    }

    /** Only the tasks that can run in sandboxes of a kind. Each of the others is a failure of kind {@code unrunnable}, which says why. */
    public TaskSet runnable(SandboxConfig.Kind kind) {
        List<ReadTask> can = new ArrayList<>();
        List<Failure> all = new ArrayList<>(failures);
        for (ReadTask read : tasks) {
            Optional<String> obstacle = read.obstacle(kind);
            if (obstacle.isEmpty()) {
                can.add(read);
                continue;
            }
            Task task = read.task();
            all.add(Failure.newBuilder()
                    .setStep("tasks")
                    .setElementId(task.getSource())
                    .setTaskId(task.getTaskId())
                    .setKind(UNRUNNABLE)
                    .setMessage(task.getTaskId() + " " + obstacle.get())
                    .build());
        }
        return new TaskSet(can, all);
    }

    /** Why tasks cannot run, a line for each that {@link #runnable} left out. */
    public List<String> unrunnable() {
        return failures.stream()
                .filter(failure -> failure.getKind().equals(UNRUNNABLE))
                .map(Failure::getMessage)
                .toList();
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
