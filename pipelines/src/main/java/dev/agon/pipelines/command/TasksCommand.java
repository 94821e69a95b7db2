package dev.agon.pipelines.command;

import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.SandboxCheck;
import dev.agon.pipelines.config.TasksCheck;
import dev.agon.pipelines.report.TextTable;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Task;
import dev.agon.tasks.BadInputException;
import dev.agon.tasks.ReadTask;
import dev.agon.tasks.TaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agon tasks}: lists the tasks of a configuration, whether each can run here, and which records were left out and why. */
@Command(
        name = "tasks",
        description =
                "Lists what tasks.path holds, where it can run, and what was left out and why. With --verify it tries each task.",
        mixinStandardHelpOptions = true)
public final class TasksCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--verify",
            description = "checks each task with no model: its reference solution must pass, doing nothing must not")
    private boolean verify;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "1",
            description = "how often to try each; 3 finds checks that flip (default: ${DEFAULT-VALUE})")
    private int times;

    @Override
    public Integer call() throws Exception {
        if (times < 1) {
            throw new ConfigException("--times is " + times + ": it must be 1 or more");
        }
        RunConfig run = config.read();
        TaskSet set;
        try {
            set = TasksCheck.of(run).read();
        } catch (BadInputException e) {
            throw new ConfigException(e.getMessage(), e);
        }
        SandboxConfig.Kind kind = SandboxCheck.of(run).kind();
        if (verify) {
            return VerifiedTasks.print(set, run, times) && set.failures().isEmpty() ? Agon.DONE : Agon.SOME_FAILED;
        }
        print(set, kind);
        return set.failures().isEmpty() ? Agon.DONE : Agon.SOME_FAILED;
    }

    private static void print(TaskSet set, SandboxConfig.Kind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("task", "data set", "runs in", "image"));
        List<String> cannot = new ArrayList<>();
        for (ReadTask read : set.tasks()) {
            Task task = read.task();
            Optional<String> obstacle = read.obstacle(kind);
            obstacle.ifPresent(why -> cannot.add(task.getTaskId() + " " + why));
            String image = task.getImage() == null ? "-" : task.getImage();
            rows.add(List.of(task.getTaskId(), task.getDataSet(), obstacle.isEmpty() ? name : "not here", image));
        }
        TextTable.print(rows, Set.of(0, 1, 2, 3), System.out);
        section("Cannot run in sandboxes of the kind " + name + ":", cannot);
        section("Left out:", set.failures().stream().map(Failure::getMessage).toList());
        System.out.printf(
                "%n%d tasks, %d can run in sandboxes of the kind %s; %d records left out.%n",
                set.tasks().size(),
                set.tasks().size() - cannot.size(),
                name,
                set.failures().size());
    }

    static void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            System.out.printf("%n%s%n", title);
            lines.forEach(line -> System.out.println("- " + line));
        }
    }
}
