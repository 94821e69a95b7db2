package dev.agon.pipelines.config;

import static dev.agon.pipelines.config.ConfigRules.atLeast;
import static dev.agon.pipelines.config.ConfigRules.notOneOf;
import static dev.agon.pipelines.config.ConfigRules.required;

import dev.agon.tasks.TaskReader;
import dev.agon.tasks.TasksConfig;
import java.util.List;

/** Checks the tasks section of a configuration. */
public final class TasksCheck {

    private static final List<String> UNRUNNABLE = List.of("skip", "refuse");

    private TasksCheck() {}

    public static TasksConfig of(RunConfig config) throws ConfigException {
        required("tasks", config.tasks());
        RunConfig.Tasks tasks = config.tasks();
        required("tasks.format", tasks.format());
        required("tasks.path", tasks.path());
        if (!TaskReader.formats().contains(tasks.format())) {
            throw notOneOf("tasks.format", tasks.format(), TaskReader.formats());
        }
        if (!UNRUNNABLE.contains(tasks.unrunnable())) {
            throw notOneOf("tasks.unrunnable", tasks.unrunnable(), UNRUNNABLE);
        }
        if (tasks.limit() != null) {
            atLeast(1, "tasks.limit", tasks.limit());
        }
        return new TasksConfig(tasks.format(), tasks.path(), List.copyOf(tasks.ids()), tasks.limit());
    }
}
