package dev.agon.pipelines.output;

import dev.agon.pipelines.output.PredictionStage.Chosen;
import dev.agon.trajectory.RecordedOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the rollout that an outcome is of. An outcome that names a trial is of the rollout of that id or trial. One that names only its task
 * is of the rollout whose submission was handed in: of the stage that is asked for, else of that whose predictions the report is of, which the
 * harness writes into the report's path.
 */
public final class GradedRollouts {

    /**
     * A rollout's place, for its grade.
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

    /** The stage whose predictions a report is of; empty when its path does not say. */
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

    /** The rollout; empty when the run has none of that trial, or handed in nothing for that task. */
    public Optional<Slot> of(RecordedOutcome outcome, Optional<PredictionStage> stage) throws IOException {
        if (outcome.trial().isPresent()) {
            return Optional.ofNullable(
                    trials().get(key(outcome.taskId(), outcome.trial().get())));
        }
        return stage.map(stages::get)
                .map(byTask -> byTask.get(outcome.taskId()))
                .map(Slot::of);
    }

    /** Read when they are first needed: that is the whole table of rollouts. */
    private Map<String, Slot> trials() throws IOException {
        if (trials.isEmpty()) {
            RolloutTable.of(folder).forEach(rollout -> {
                boolean empty = rollout.getSubmission().isEmpty();
                Slot slot = new Slot(rollout.getRolloutId(), rollout.getTaskId(), rollout.getIteration(), empty);
                trials.put(key(slot.taskId(), slot.rolloutId()), slot);
                if (rollout.getTrial() != null) {
                    trials.put(key(slot.taskId(), rollout.getTrial()), slot);
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
}
