package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.ModelConfig;

/** Fields that a configuration adds to every request. */
final class ExtraBody {

    private ExtraBody() {}

    /**
     * The fields, less those that are the conversation itself.
     *
     * @throws IllegalArgumentException when they are no JSON object, which the configuration's check catches before
     */
    static ObjectNode of(ModelConfig config, String... conversation) {
        JsonNode parsed = Json.parse(config.extraBody()).orElse(null);
        if (!(parsed instanceof ObjectNode fields)) {
            throw new IllegalArgumentException("extra_body of model " + config.id() + " must be a JSON object");
        }
        for (String field : conversation) {
            fields.remove(field);
        }
        return fields;
    }
}
