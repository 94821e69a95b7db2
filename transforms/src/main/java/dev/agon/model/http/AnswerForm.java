package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.AnswerSchema;
import dev.agon.model.StructuredOutput;
import java.util.Optional;

/** How much of a schema an endpoint takes, from all to nothing. */
enum AnswerForm {
    /** The whole schema. */
    SCHEMA,
    /** Without bounds of lengths, which OpenAI's strict schemas do not have. */
    WITHOUT_BOUNDS,
    /** No schema: the prompt alone says what is wanted. */
    PROMPT;

    /** What a call begins with when nothing is known of its endpoint. */
    static AnswerForm first(StructuredOutput wanted) {
        return wanted == StructuredOutput.NONE ? PROMPT : SCHEMA;
    }

    /** What to try when the endpoint refuses this form; empty when that is a mistake of the configuration. */
    Optional<AnswerForm> next(StructuredOutput wanted) {
        return switch (this) {
            case SCHEMA -> Optional.of(WITHOUT_BOUNDS);
            case WITHOUT_BOUNDS -> wanted == StructuredOutput.AUTO ? Optional.of(PROMPT) : Optional.empty();
            case PROMPT -> Optional.empty();
        };
    }

    Optional<AnswerSchema> of(AnswerSchema schema) {
        return switch (this) {
            case SCHEMA -> Optional.of(schema);
            case WITHOUT_BOUNDS -> {
                JsonNode json = Json.parse(schema.json()).orElseThrow();
                for (String bound : new String[] {"maxLength", "maxItems"}) {
                    json.findParents(bound).forEach(bounded -> ((ObjectNode) bounded).remove(bound));
                }
                yield Optional.of(new AnswerSchema(schema.name(), schema.description(), Json.text(json)));
            }
            case PROMPT -> Optional.empty();
        };
    }
}
