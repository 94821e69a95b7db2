package dev.agon.model.http;

import com.google.api.client.http.HttpHeaders;

/**
 * A whole response.
 *
 * @param body as it came; empty when there was none
 */
record HttpAnswer(int status, HttpHeaders headers, byte[] body) {

    private static final int GOOD = 200;
    private static final int REDIRECTS = 300;

    boolean isGood() {
        return status >= GOOD && status < REDIRECTS;
    }
}
