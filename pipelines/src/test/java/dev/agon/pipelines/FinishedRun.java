package dev.agon.pipelines;

import dev.agon.schemas.Grade;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Selection;
import dev.agon.schemas.TableName;
import dev.agon.schemas.TaskRow;
import dev.agon.tables.TableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** The folder of a small finished run, written row by row: two tasks, two rollouts each, no agent. */
public final class FinishedRun {

    public final List<Rollout> rollouts = new ArrayList<>();
    public final List<Selection> selections = new ArrayList<>();
    final List<Grade> grades = new ArrayList<>();

    private final Path folder;

    public FinishedRun(Path folder) {
        this.folder = folder;
    }

    /** The second rollout of `a` and the first of `b` win; nothing is graded but `a/0/0`, as not resolved. */
    public static FinishedRun small(Path folder) {
        FinishedRun run = new FinishedRun(folder);
        for (String task : List.of("a", "b")) {
            for (int index = 0; index < 2; index++) {
                run.rollouts.add(rollout(task, index, task + index));
            }
        }
        run.selections.add(new Selection("a", 0, "select", 1, "a/0/0"));
        run.selections.add(new Selection("a", 0, "select", 2, "a/0/1"));
        run.selections.add(new Selection("a", 0, "final", 1, "a/0/1"));
        run.selections.add(new Selection("b", 0, "select", 1, "b/0/1"));
        run.selections.add(new Selection("b", 0, "final", 1, "b/0/0"));
        run.grades.add(grade("a/0/0", "a", false));
        return run;
    }

    public static Rollout rollout(String task, int index, String submission) {
        return Rollout.newBuilder()
                .setRolloutId(task + "/0/" + index)
                .setTaskId(task)
                .setIteration(0)
                .setIndex(index)
                .setOutcome("submitted")
                .setExitStatus("Submitted")
                .setSubmission(submission)
                .setSystemPrompt("You work in a shell.")
                .setTaskPrompt("<task>\nSolve " + task + "\n</task>")
                .setStepCount(0)
                .setModelCalls(3)
                .setInputTokens(100)
                .setCachedTokens(40)
                .setOutputTokens(7)
                .setCostUsd(0.25)
                .setCostUsdPaid(0)
                .setStartedAt(Instant.parse("2026-01-02T03:04:05Z"))
                .setDurationMs(1500)
                .setModel("local/tiny")
                .setSeed(1)
                .setTrial("trial-" + index)
                .build();
    }

    static Grade grade(String rolloutId, String task, boolean resolved) {
        return Grade.newBuilder()
                .setRolloutId(rolloutId)
                .setTaskId(task)
                .setIteration(0)
                .setResolved(resolved)
                .setReward(resolved ? 1 : 0)
                .setDurationMs(9)
                .build();
    }

    public Path write() throws IOException {
        List<TaskRow> tasks = rollouts.stream()
                .map(Rollout::getTaskId)
                .distinct()
                .map(task -> TaskRow.newBuilder()
                        .setTaskId(task)
                        .setDataSet("test")
                        .setStatement("Solve " + task)
                        .setWorkdir("/work")
                        .setContentHash("0")
                        .build())
                .toList();
        for (TableName table : TableName.values()) {
            table(table, List.of());
        }
        table(TableName.TASKS, tasks);
        table(TableName.ROLLOUTS, rollouts);
        table(TableName.SELECTIONS, selections);
        table(TableName.GRADES, grades);
        Files.writeString(folder.resolve("run.json"), "{\"name\": \"small\", \"run_id\": \"small-1-0\", \"seed\": 1}");
        return folder;
    }

    private <T extends SpecificRecordBase> void table(TableName table, List<T> rows) throws IOException {
        Path file = Files.createDirectories(folder.resolve(table.folder()))
                .resolve(rows.isEmpty() ? "empty.parquet" : "rows.parquet");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            TableFile.write(table, "small-1-0", rows, channel);
        }
    }
}
