package dev.agon.pipelines.run;

import dev.agon.pipelines.ScalePipeline;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.Experiment;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.RunConfigCheck;
import dev.agon.runtime.RunScope;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxUnavailableException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.tasks.BadInputException;
import dev.agon.tasks.ReadTask;
import dev.agon.tasks.TaskSet;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;

/** An experiment with agents, and the tasks that the launcher has read for it. */
public record ScaleJob(Experiment experiment, TaskSet tasks) implements Job {

    public static ScaleJob of(RunConfig config) throws ConfigException {
        Experiment experiment = RunConfigCheck.check(config);
        try {
            TaskSet tasks = experiment.tasks().read();
            requireRunnable(tasks, experiment.rollouts().sandbox().kind());
            return new ScaleJob(experiment, tasks);
        } catch (BadInputException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /** Refuses a run over tasks that its sandboxes cannot hold: their rollouts would fail for no fault of the agent. */
    private static void requireRunnable(TaskSet set, SandboxConfig.Kind kind) throws ConfigException {
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
                name(kind),
                first.task().getTaskId(),
                first.obstacle(kind).orElseThrow()));
    }

    @Override
    public long rollouts() {
        return (long) tasks.tasks().size() * experiment.rolloutsPerTask() * experiment.iterations();
    }

    @Override
    public String describe() {
        return String.format(
                "%d tasks x %d rollouts x %d iterations",
                tasks.tasks().size(), experiment.rolloutsPerTask(), experiment.iterations());
    }

    /** Opens a sandbox once, so that a machine that cannot have them is told before anything runs, and says what they protect. */
    @Override
    public void checkMachine(boolean here, PrintStream terminal) throws ConfigException, InterruptedException {
        SandboxConfig sandbox = experiment.rollouts().sandbox();
        if (sandbox.kind() == SandboxConfig.Kind.HOST) {
            terminal.println(
                    "warning: sandbox.kind is host: agents run commands on this machine without any isolation");
        }
        if (!here) {
            terminal.println(
                    "sandboxes: each worker finds out what its machine protects, and refuses to run with less than"
                            + " sandbox.require names");
            return;
        }
        try (Sandboxes sandboxes = sandbox.connect()) {
            terminal.printf("sandboxes of the kind %s protect here:%n", name(sandbox.kind()));
            sandboxes.protections().forEach(protection -> terminal.println("  " + protection));
        } catch (SandboxUnavailableException e) {
            throw new ConfigException("sandbox.kind `" + name(sandbox.kind()) + "`: " + e.getMessage(), e);
        }
    }

    private static String name(SandboxConfig.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void build(Pipeline pipeline, RunScope scope, Handover handover) throws IOException {
        new ScalePipeline(experiment, handover.give(tasks), scope, handover.tables()).build(pipeline);
    }
}
