package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.http.HttpHeaders;
import dev.agon.model.ChatRequest;
import dev.agon.model.Usage;
import java.util.Optional;

/** How one family of endpoints is asked and how its answers read. Knows nothing of time, retries or connections. */
interface Dialect {

    /** Where questions are sent. */
    String url();

    /** Most samples of one question that one call can ask for. */
    int samplesPerCall();

    /** The headers of a request, the key among them when there is one. */
    void addHeaders(HttpHeaders headers, Optional<String> key);

    /** The body of a request for so many samples of one question. */
    Body body(ChatRequest request, int samples);

    /**
     * An answer to a question of ours.
     *
     * @param body the parsed body of a response
     * @return empty when this is JSON, but no answer
     */
    Optional<Answer> read(JsonNode body);

    /**
     * What a response consumed, whether it holds an answer or not.
     *
     * @return empty when it does not say
     */
    Optional<Usage> usage(JsonNode body);
}
