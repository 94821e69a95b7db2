package dev.agon.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code run.json} says of a run. A folder of tables without the file is a run of unknown name and status. */
record RunInfo(Optional<JsonNode> json) {

    static RunInfo read(Path run) throws IOException {
        Path file = run.resolve("run.json");
        if (!Files.exists(file)) {
            return new RunInfo(Optional.empty());
        }
        try {
            return new RunInfo(Optional.of(new ObjectMapper().readTree(Files.readString(file))));
        } catch (JsonProcessingException e) {
            throw new RunFolderException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    String name(Path run) {
        return text("name")
                .orElse(run.toAbsolutePath().normalize().getFileName().toString());
    }

    Optional<String> text(String field) {
        return json.map(node -> node.path(field))
                .filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText);
    }

    /** The whole file, indented; empty when there is none. */
    String pretty() {
        return json.map(JsonNode::toPrettyString).orElse("");
    }
}
