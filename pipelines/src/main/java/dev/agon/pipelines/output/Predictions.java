package dev.agon.pipelines.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Predictions in the formats of the SWE-bench harness, one for each task, ordered by task id. The fields are {@code instance_id},
 * {@code model_name_or_path} and {@code model_patch}, all text. A rollout that changed nothing has the empty patch.
 */
public final class Predictions {

    /** The two formats. The harness knows them by the ending of the file. */
    public enum Format {
        /** An object in each line. */
        JSONL,
        /** One object, with a field for each instance. */
        JSON
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private Predictions() {}

    /** Writes {@code predictions.jsonl} of the final stage into a run's folder. */
    public static void write(Path run, String name) throws IOException {
        Files.write(
                run.resolve("predictions.jsonl"),
                bytes(PredictionStage.FINAL.chosen(run), PredictionStage.FINAL, name, Format.JSONL));
    }

    /** @param run the run's name */
    public static byte[] bytes(List<PredictionStage.Chosen> chosen, PredictionStage stage, String run, Format format)
            throws IOException {
        if (format == Format.JSON) {
            ObjectNode all = JSON.createObjectNode();
            chosen.forEach(each -> all.set(each.taskId(), prediction(each, stage, run)));
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all);
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (PredictionStage.Chosen each : chosen) {
            lines.write(JSON.writeValueAsBytes(prediction(each, stage, run)));
            lines.write("\n".getBytes(StandardCharsets.UTF_8));
        }
        return lines.toByteArray();
    }

    /** Git takes no patch whose last line does not end. */
    private static String whole(String patch) {
        return patch.isEmpty() || patch.endsWith("\n") ? patch : patch + "\n";
    }

    private static JsonNode prediction(PredictionStage.Chosen chosen, PredictionStage stage, String run) {
        return JSON.createObjectNode()
                .put("instance_id", chosen.taskId())
                .put("model_name_or_path", stage.modelName(run, chosen.model()))
                .put("model_patch", whole(chosen.submission()));
    }
}
