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
import dev.agon.tasks.TaskSet;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;

/** An experiment with agents, and the tasks that the launcher has read for it. */
public record ScaleJob(Experiment experiment, TaskSet tasks) implements Job {

    private static final int MOST_LINES = 20;

    public static ScaleJob of(RunConfig config) throws ConfigException {
        Experiment experiment = RunConfigCheck.check(config);
        TaskSet all;
        try {
            all = experiment.tasks().read();
        } catch (BadInputException e) {
            throw new ConfigException(e.getMessage(), e);
        }
        SandboxConfig.Kind kind = experiment.rollouts().sandbox().kind();
        TaskSet runnable = all.runnable(kind);
        List<String> cannot = runnable.unrunnable();
        boolean refuse =
                config.tasks().unrunnable().equals("refuse") || runnable.tasks().isEmpty();
        if (!cannot.isEmpty() && refuse) {
            throw new ConfigException(String.format(
                    "%d of %d tasks cannot run in sandboxes of the kind %s:%n%sTake only those that can run, with tasks.unrunnable:"
                            + " skip, tasks.ids or --tasks (agon tasks lists them); agon plan and agon replay work with all tasks",
                    cannot.size(), all.tasks().size(), name(kind), lines(cannot)));
        }
        return new ScaleJob(experiment, runnable);
    }

    private static String lines(List<String> all) {
        String more = all.size() <= MOST_LINES ? "" : String.format("  and %d more%n", all.size() - MOST_LINES);
        return all.stream().limit(MOST_LINES).map(line -> "  " + line + "\n").collect(Collectors.joining()) + more;
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

    /**
     * Says which tasks are left out. Opens a sandbox once, so that a machine that cannot have them is told before anything runs, and
     * says what they protect.
     */
    @Override
    public void checkMachine(boolean here, PrintStream terminal) throws ConfigException, InterruptedException {
        SandboxConfig sandbox = experiment.rollouts().sandbox();
        List<String> cannot = tasks.unrunnable();
        if (!cannot.isEmpty()) {
            terminal.printf(
                    "%d tasks are left out, since they cannot run in sandboxes of the kind %s:%n%s",
                    cannot.size(), name(sandbox.kind()), lines(cannot));
        }
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
