package dev.agon.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.report.RunTables;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code predictions.jsonl} in the format of the SWE-bench harness: the submission of the final selection of each task, one
 * object {@code instance_id, model_name_or_path, model_patch} a line, by task id.
 */
final class Predictions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Predictions() {}

    static void write(Path run, String name) throws IOException {
        try (RunTables tables = RunTables.open(run);
                Writer lines = Files.newBufferedWriter(run.resolve("predictions.jsonl"))) {
            for (Map<String, Object> row : tables.rows("predictions")) {
                Map<String, Object> prediction = new LinkedHashMap<>();
                prediction.put("instance_id", row.get("task_id"));
                prediction.put("model_name_or_path", "agon-" + name + "/" + row.get("model"));
                prediction.put("model_patch", row.get("submission"));
                lines.write(JSON.writeValueAsString(prediction));
                lines.write('\n');
            }
        }
    }
}
