package dev.agon.pipelines.command;

import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.SandboxCheck;
import dev.agon.pipelines.report.TextTable;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxUnavailableException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.GroundTruth;
import dev.agon.soundness.Soundness;
import dev.agon.soundness.TaskVerifier;
import dev.agon.tasks.ReadTask;
import dev.agon.tasks.TaskSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Checks the tasks of a data set, several at once, and prints a row for each. */
final class VerifiedTasks {

    private VerifiedTasks() {}

    /** @return whether all tasks are sound */
    static boolean print(TaskSet set, RunConfig run, int times) throws ConfigException, InterruptedException {
        SandboxConfig config = SandboxCheck.of(run);
        List<Soundness> found = new ArrayList<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, run.concurrency().rollouts()));
        try (Sandboxes sandboxes = config.connect()) {
            TaskVerifier verifier =
                    new TaskVerifier(sandboxes, SandboxCheck.grading(run), InstantSource.system(), times);
            List<Future<Soundness>> waiting = set.tasks().stream()
                    .map(task -> threads.submit(() -> verify(verifier, task, run, config, times)))
                    .toList();
            for (Future<Soundness> soundness : waiting) {
                found.add(soundness.get());
            }
        } catch (SandboxUnavailableException e) {
            throw new ConfigException("no sandbox can be opened: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        rows(found, set);
        return found.stream().allMatch(Soundness::sound);
    }

    private static Soundness verify(
            TaskVerifier verifier, ReadTask task, RunConfig run, SandboxConfig config, int times)
            throws InterruptedException {
        Optional<String> obstacle = task.obstacle(config.kind());
        if (obstacle.isPresent()) {
            return new Soundness(task.task().getTaskId(), 0, 0, 0, List.of(obstacle.get()));
        }
        Integer limit = run.grading().timeoutS();
        return verifier.verify(
                limit == null
                        ? task
                        : new ReadTask(
                                task.task(),
                                GroundTruth.newBuilder(task.truth())
                                        .setTimeoutS(limit)
                                        .build(),
                                task.needs(),
                                task.reference()));
    }

    private static void rows(List<Soundness> found, TaskSet set) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("task", "sound", "reference passes", "nothing passes", "times"));
        for (Soundness task : found) {
            rows.add(List.of(
                    task.taskId(),
                    task.sound() ? "yes" : "NO",
                    Integer.toString(task.reference()),
                    Integer.toString(task.nothing()),
                    Integer.toString(task.times())));
        }
        TextTable.print(rows, Set.of(0, 1), System.out);
        List<String> problems = found.stream()
                .flatMap(task -> task.problems().stream().map(problem -> task.taskId() + " " + problem))
                .toList();
        TasksCommand.section("Not sound:", problems);
        TasksCommand.section(
                "Left out:",
                set.failures().stream().map(failure -> failure.getMessage()).toList());
        System.out.printf(
                "%n%d tasks, %d sound; %d records left out.%n",
                found.size(),
                found.stream().filter(Soundness::sound).count(),
                set.failures().size());
    }
}
