package dev.agon.pipelines.run;

import dev.agon.pipelines.config.ConfigException;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.tasks.ReadTask;
import dev.agon.tasks.TaskSet;
import java.util.List;
import java.util.Locale;

/** Refuses a run over tasks that its sandboxes cannot hold: their rollouts would fail for no fault of the agent. */
final class RunnableTasks {

    private RunnableTasks() {}

    /**
     * Checks every task.
     *
     * @throws ConfigException when some cannot run; it names the first, why, and what to do
     */
    static void require(TaskSet set, SandboxConfig.Kind kind) throws ConfigException {
        List<ReadTask> cannot = set.tasks().stream()
                .filter(task -> task.obstacle(kind).isPresent())
                .toList();
        if (cannot.isEmpty()) {
            return;
        }
        ReadTask first = cannot.get(0);
        throw new ConfigException(String.format(
                "%d of %d tasks cannot run in sandboxes of the kind %s. The first: %s %s. Take only those that can run, with"
                        + " tasks.ids or --tasks (agon tasks lists them); agon plan and agon replay work with all tasks",
                cannot.size(),
                set.tasks().size(),
                kind.name().toLowerCase(Locale.ROOT),
                first.task().getTaskId(),
                first.obstacle(kind).orElseThrow()));
    }
}
