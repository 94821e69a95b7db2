package dev.agon.pipelines.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The names of a finished run.
 *
 * @param name name in its configuration; the name of the folder when there is no {@code run.json}
 * @param runId id in the metadata of its tables
 */
public record RunName(String name, String runId) {

    public static RunName of(Path run) throws IOException, ConfigException {
        Path manifest = run.resolve(RunFolder.MANIFEST);
        String folder = run.toAbsolutePath().normalize().getFileName().toString();
        if (!Files.isDirectory(run)) {
            throw new ConfigException(run + " is not a folder; give the output folder of a run");
        }
        JsonNode json = Files.exists(manifest)
                ? new ObjectMapper().readTree(manifest.toFile())
                : new ObjectMapper().createObjectNode();
        return new RunName(json.path("name").asText(folder), json.path("run_id").asText(folder));
    }
}
