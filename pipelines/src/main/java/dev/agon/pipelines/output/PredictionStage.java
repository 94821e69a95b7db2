package dev.agon.pipelines.output;

import dev.agon.pipelines.report.RunTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which rollout of each task is handed in: one task has one prediction. */
public enum PredictionStage {
    /** The first rollout of iteration 0: no scaling. */
    FIRST,
    /** The first survivor of the last selection before the final one. */
    SELECTED,
    /** The winner of the final selection. */
    FINAL;

    /**
     * One rollout that is handed in.
     *
     * @param submission its patch; may be empty
     */
    public record Chosen(String taskId, String rolloutId, int iteration, String model, String submission) {}

    /** The chosen rollouts of a run, by task id. */
    public List<Chosen> chosen(Path run) throws IOException {
        List<Chosen> chosen = new ArrayList<>();
        try (RunTables tables = RunTables.open(run)) {
            for (Map<String, Object> row : tables.rows("predictions_" + this)) {
                chosen.add(new Chosen(
                        (String) row.get("task_id"),
                        (String) row.get("rollout_id"),
                        ((Number) row.get("iteration")).intValue(),
                        (String) row.get("model"),
                        (String) row.get("submission")));
            }
        }
        return chosen;
    }

    /**
     * The name of these predictions, by which their reports are recognised: {@code agon-<run>/<model>} for the final stage, {@code
     * agon-<run>.<stage>/<model>} for the others.
     */
    String modelName(String run, String model) {
        return "agon-" + run + (this == FINAL ? "" : "." + this) + "/" + model;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
