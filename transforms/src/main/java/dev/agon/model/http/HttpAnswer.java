package dev.agon.model.http;

import com.google.api.client.http.HttpHeaders;

/**
 * A whole response.
 *
 * @param body as text; empty when there was none
 */
record HttpAnswer(int status, HttpHeaders headers, String body) {

    private static final int GOOD = 200;
    private static final int REDIRECTS = 300;

    boolean isGood() {
        return status >= GOOD && status < REDIRECTS;
    }

    /** The same response without the key, if its body repeats it. A stream is put together before, since it may cut the key in two. */
    HttpAnswer without(Secret secret) {
        return new HttpAnswer(status, headers, secret.cutFromJson(isGood() ? EventStream.whole(body) : body));
    }
}
