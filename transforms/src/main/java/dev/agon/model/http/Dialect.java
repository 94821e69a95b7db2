package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.http.HttpHeaders;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.Usage;
import java.util.Optional;

/** The requests and answers of one family of endpoints. It knows nothing of time, retries or connections. */
interface Dialect {

    /** Where questions are sent. */
    String url();

    /** The same for an endpoint that takes no null as the content of a message that only calls tools. */
    default Dialect withoutNull() {
        return this;
    }

    /** Whether a message has calls of tools and no text. */
    static boolean isOnlyCalls(ChatMessage message) {
        return message.content().isEmpty() && !message.toolCalls().isEmpty();
    }

    /** Most samples of one question that one call can ask for. */
    int samplesPerCall();

    /** The headers of a request, the key among them when there is one. */
    void addHeaders(HttpHeaders headers, Optional<String> key);

    /** The body of a request for so many samples of one question. */
    Body body(ChatRequest request, int samples);

    /**
     * The answer in a response.
     *
     * @param body the parsed body of a response
     * @return empty when the response holds no answer
     */
    Optional<Answer> read(JsonNode body);

    /**
     * What a response consumed, whether it holds an answer or not.
     *
     * @return empty when it does not say
     */
    Optional<Usage> usage(JsonNode body);

    /**
     * The fields that the configuration adds to every request, without those that hold the conversation.
     *
     * @throws IllegalArgumentException when they are no JSON object; the check of the configuration refuses that before
     */
    static ObjectNode extraFields(ModelConfig config, String... conversation) {
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
