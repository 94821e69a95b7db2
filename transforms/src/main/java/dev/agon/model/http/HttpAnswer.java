package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.http.HttpHeaders;
import java.util.Optional;

/**
 * A whole response.
 *
 * @param body as text; empty when there was none
 */
record HttpAnswer(int status, HttpHeaders headers, String body) {

    private static final String COST_OF_LITELLM = "x-litellm-response-cost";
    private static final int GOOD = 200;
    private static final int REDIRECTS = 300;

    boolean isGood() {
        return status >= GOOD && status < REDIRECTS;
    }

    /** The parsed body of a good response. A cost that stands in a header is in its usage. */
    Optional<JsonNode> json() {
        Optional<JsonNode> json = isGood() ? Json.parse(body) : Optional.empty();
        String cost = headers.getFirstHeaderStringValue(COST_OF_LITELLM);
        if (cost != null && json.map(answer -> answer.path("usage")).orElse(null) instanceof ObjectNode usage) {
            Json.parse(cost)
                    .filter(JsonNode::isNumber)
                    .filter(usd -> !usage.has(OpenAiAnswer.COST))
                    .ifPresent(usd -> usage.set(OpenAiAnswer.COST, usd));
        }
        return json;
    }

    /** The same response without the key, if its body repeats it. A stream is put together before, since it may cut the key in two. */
    HttpAnswer without(Secret secret) {
        return new HttpAnswer(status, headers, secret.cutFromJson(isGood() ? EventStream.whole(body) : body));
    }
}
