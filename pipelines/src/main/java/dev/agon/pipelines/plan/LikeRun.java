package dev.agon.pipelines.plan;

import dev.agon.pipelines.report.RunFolderException;
import dev.agon.pipelines.report.RunTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an earlier run took, by role, iteration and task, read from its tables. Its costs are not used, since prices may differ. */
public final class LikeRun {

    private final List<TaskEffort> efforts;

    LikeRun(List<TaskEffort> efforts) {
        this.efforts = efforts;
    }

    /**
     * Reads the tables of a run.
     *
     * @throws RunFolderException when the folder holds no tables of a run
     */
    public static LikeRun read(Path run) throws IOException {
        try (RunTables tables = RunTables.open(run)) {
            return new LikeRun(
                    tables.rows("effort_by_task").stream().map(TaskEffort::of).toList());
        }
    }

    /** The tasks that have finished rollouts. */
    public SortedSet<String> tasks() {
        return efforts.stream()
                .filter(effort -> effort.role().equals("agent"))
                .map(TaskEffort::task)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The closest iteration with data: the same one, else the last before it, else the first after it. Empty when there is none. */
    OptionalInt nearest(String role, int iteration) {
        TreeSet<Integer> known = efforts.stream()
                .filter(effort -> effort.role().equals(role))
                .map(TaskEffort::iteration)
                .collect(Collectors.toCollection(TreeSet::new));
        Integer nearest = known.floor(iteration) == null ? known.ceiling(iteration) : known.floor(iteration);
        return nearest == null ? OptionalInt.empty() : OptionalInt.of(nearest);
    }

    /** The work of a role in an iteration, by task. */
    Map<String, TaskEffort> byTask(String role, int iteration) {
        return efforts.stream()
                .filter(effort -> effort.role().equals(role) && effort.iteration() == iteration)
                .collect(Collectors.toMap(TaskEffort::task, effort -> effort, TaskEffort::plus, TreeMap::new));
    }
}
