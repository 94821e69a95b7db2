package dev.agon.pipelines.output;

import dev.agon.pipelines.output.PredictionStage.Chosen;
import dev.agon.sandbox.FileTrees;
import dev.agon.schemas.Grade;
import dev.agon.schemas.TableName;
import dev.agon.tables.TableFile;
import dev.agon.trajectory.RecordedOutcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rollouts of a finished run, for the verdicts of another grader.
 *
 * <p>It finds the rollout that a verdict belongs to. A verdict that names a trial belongs to the rollout with that id or trial. A
 * verdict that names only its task belongs to the rollout whose submission was handed in for that task. The user names the stage of
 * those submissions; otherwise it comes from the path of the report, into which the harness writes the name of the predictions.
 */
public final class GradedRollouts {

    /**
     * The rollout to be graded.
     *
     * @param empty whether it submitted nothing
     */
    public record Slot(String rolloutId, String taskId, int iteration, boolean empty) {

        public static Slot of(Chosen chosen) {
            return new Slot(
                    chosen.rolloutId(),
                    chosen.taskId(),
                    chosen.iteration(),
                    chosen.submission().isEmpty());
        }
    }

    private static final String TABLE = TableName.GRADES.folder();
    private static final List<String> SLOT = List.of("rollout_id", "task_id", "iteration", "submission", "trial");

    private final Path folder;
    private final String run;
    private final Map<PredictionStage, Map<String, Chosen>> stages = new EnumMap<>(PredictionStage.class);
    private final Map<String, Slot> trials = new HashMap<>();

    public GradedRollouts(Path folder, String run) throws IOException {
        this.folder = folder;
        this.run = run;
        for (PredictionStage stage : PredictionStage.values()) {
            Map<String, Chosen> byTask = new HashMap<>();
            stage.chosen(folder).forEach(chosen -> byTask.put(chosen.taskId(), chosen));
            stages.put(stage, byTask);
        }
    }

    /** The stage whose predictions a report grades; empty when the path of the report does not name it. */
    public Optional<PredictionStage> stage(Path report) {
        String file = report.getFileName().toString();
        for (PredictionStage stage : PredictionStage.values()) {
            for (Chosen chosen : stages.get(stage).values()) {
                String name = stage.modelName(run, chosen.model()).replace("/", "__");
                if (file.startsWith(name + ".") || hasFolder(report, name)) {
                    return Optional.of(stage);
                }
            }
        }
        return Optional.empty();
    }

    /** The rollout. Empty when the run has no rollout of that trial, or handed in nothing for that task. */
    public Optional<Slot> of(RecordedOutcome outcome, Optional<PredictionStage> stage) throws IOException {
        if (outcome.trial().isPresent()) {
            return Optional.ofNullable(
                    trials().get(key(outcome.taskId(), outcome.trial().get())));
        }
        return stage.map(stages::get)
                .map(byTask -> byTask.get(outcome.taskId()))
                .map(Slot::of);
    }

    /** All rollouts by id and by trial. They are read on first use, since that opens the whole table. */
    private Map<String, Slot> trials() throws IOException {
        if (trials.isEmpty()) {
            RolloutTable.of(folder).forEach(SLOT, rollout -> {
                Slot slot = new Slot(
                        rollout.get("rollout_id").toString(),
                        rollout.get("task_id").toString(),
                        (Integer) rollout.get("iteration"),
                        rollout.get("submission").toString().isEmpty());
                trials.put(key(slot.taskId(), slot.rolloutId()), slot);
                if (rollout.get("trial") != null) {
                    trials.put(key(slot.taskId(), rollout.get("trial").toString()), slot);
                }
            });
        }
        return trials;
    }

    /** Whether a stage handed something in for a task. */
    public boolean handedIn(String taskId, Optional<PredictionStage> stage) {
        return stage.map(stages::get)
                .filter(byTask -> byTask.containsKey(taskId))
                .isPresent();
    }

    private static boolean hasFolder(Path report, String name) {
        for (Path part : report.toAbsolutePath()) {
            if (part.toString().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String key(String taskId, String trial) {
        return taskId + "\n" + trial;
    }

    /**
     * Replaces the grades of these rollouts in the table of grades. The grades of other rollouts stay, and so do all other tables. A
     * draft of the table is written beside it, and swapped in whole.
     */
    public void put(Collection<Grade> grades, String runId) throws IOException {
        Path table = folder.resolve(TABLE);
        Path old = folder.resolve(TABLE + ".old");
        if (Files.exists(old) && !Files.exists(table)) {
            Files.move(
                    old, table, StandardCopyOption.ATOMIC_MOVE); // an earlier import was killed between its two moves
        }
        Map<String, Grade> rows = new TreeMap<>();
        StoredTable.of(folder, TableName.GRADES, Grade.class).forEach(grade -> rows.put(grade.getRolloutId(), grade));
        grades.forEach(grade -> rows.put(grade.getRolloutId(), grade));
        Path draft = folder.resolve(TABLE + ".stage");
        FileTrees.remove(draft);
        Files.createDirectories(draft);
        try (FileChannel file = FileChannel.open(
                draft.resolve(TABLE + "-00000-of-00001.parquet"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            TableFile.write(TableName.GRADES, runId, rows.values(), file);
        }
        RunFolder.swap(draft, table);
    }
}
