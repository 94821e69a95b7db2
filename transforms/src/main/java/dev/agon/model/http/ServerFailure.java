package dev.agon.model.http;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The meaning of a response that is no answer. */
enum ServerFailure {
    /** The same call may work later. */
    TRANSIENT,
    /** The server has an error of its own. The same call may work later, if any ever worked. */
    ERROR,
    /** The same call may work later, with fewer calls in flight. */
    OVERLOADED,
    /** The conversation is longer than the model takes. */
    CONTEXT_LENGTH,
    /** max_tokens is so large that it leaves no room for a conversation. */
    NO_ROOM,
    /** Declined for reasons of content. */
    REFUSED,
    /** The key is missing, wrong, or not allowed to do this. */
    AUTHENTICATION,
    /** The account has nothing left to spend. */
    NO_MONEY,
    /** No such model, or no endpoint at this address. */
    NOT_FOUND,
    /** The endpoint's certificate is not one that this JVM trusts. */
    UNTRUSTED,
    /** The endpoint has moved. */
    REDIRECT,
    /** The endpoint does not take this request. */
    BAD_REQUEST;

    static final int TOO_MANY_REQUESTS = 429;

    private static final int OVERLOAD_OF_ANTHROPIC = 529;

    /**
     * @param status HTTP status, or the code of an error that came with a good status
     * @param message the endpoint's own words
     * @param maxTokens most tokens of one answer that the request allowed
     * @param grown whether the conversation has answers already, so that its beginning was taken
     */
    static ServerFailure of(int status, String message, int maxTokens, boolean grown) {
        ErrorWords words = new ErrorWords(message);
        return switch (status) {
            case 408, 409, 425 -> TRANSIENT;
            case 500 -> ERROR;
            case 503, OVERLOAD_OF_ANTHROPIC -> OVERLOADED;
            case TOO_MANY_REQUESTS -> words.speakOfMoney() ? NO_MONEY : OVERLOADED;
            case 402 -> NO_MONEY;
            case 401 -> AUTHENTICATION;
            case 403 -> words.speakOfMoney() ? NO_MONEY : words.speakOfPolicy() ? REFUSED : AUTHENTICATION;
            case 404, 405, 410 -> NOT_FOUND;
            case 400, 413, 422 -> ofRejected(words, maxTokens, grown);
            default -> ofRange(status);
        };
    }

    /** The meaning of a missing response. */
    static ServerFailure of(IOException broken) {
        boolean untrusted =
                broken instanceof SSLPeerUnverifiedException || broken.getCause() instanceof CertificateException;
        return untrusted ? UNTRUSTED : TRANSIENT;
    }

    /** Whether the same call may work later. */
    boolean mayPass() {
        return this == TRANSIENT || this == ERROR || this == OVERLOADED;
    }

    private static ServerFailure ofRejected(ErrorWords words, int maxTokens, boolean grown) {
        if (words.speakOfMoney()) {
            return NO_MONEY;
        }
        if (words.speakOfContextLength()) {
            return words.contextTokens().orElse(Long.MAX_VALUE) <= maxTokens ? NO_ROOM : CONTEXT_LENGTH;
        }
        if (words.speakOfPolicy()) {
            return REFUSED;
        }
        if (words.speakOfKey()) {
            return AUTHENTICATION;
        }
        return grown && words.speakOfLength() ? CONTEXT_LENGTH : BAD_REQUEST;
    }

    private static ServerFailure ofRange(int status) {
        if (status >= 500 || status < 300) {
            return TRANSIENT;
        }
        return status < 400 ? REDIRECT : BAD_REQUEST;
    }
}
