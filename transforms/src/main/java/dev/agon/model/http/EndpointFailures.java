package dev.agon.model.http;

import dev.agon.model.Endpoint;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;

/** Words for the failures of an endpoint: what happened, where, and what to do. No text here holds the key. */
final class EndpointFailures {

    private final ModelConfig config;
    private final String model;

    EndpointFailures(ModelConfig config) {
        this.config = config;
        this.model = config.id() + " at " + Address.shown(config.endpoint().baseUrl());
    }

    /**
     * A failure that will not go away by asking again.
     *
     * @param isOfAll for a rejected request: whether every other request would be rejected too
     * @param said what the endpoint said, fit to be shown
     * @param failed all tries, the last one included
     */
    ModelException of(ServerFailure failure, boolean isOfAll, String said, FailedTries failed) {
        return switch (failure) {
            case CONTEXT_LENGTH ->
                failed(Kind.CONTEXT_LENGTH, "the conversation is longer than " + model + " takes: " + said, failed);
            case REFUSED -> failed(Kind.REFUSED, model + " declined to answer for reasons of content: " + said, failed);
            case NO_ROOM ->
                wrong(
                        "leaves no room for a conversation beside answers of max_tokens " + config.maxTokens() + ": "
                                + said + ". Lower max_tokens of the model",
                        failed);
            case AUTHENTICATION -> wrong("does not accept the key: " + said + ". " + aboutKey(), failed);
            case NO_MONEY ->
                wrong(
                        "says that the account has nothing left to spend: " + said
                                + ". Pay or raise the limit there and run again; what was bought is kept in the journal",
                        failed);
            case NOT_FOUND ->
                wrong("knows no such model or address: " + said + ". Check name and base_url of the model", failed);
            case UNTRUSTED ->
                wrong(
                        "has a certificate that this JVM does not trust: " + said
                                + ". Give the JVM a trust store that has its authority (-Djavax.net.ssl.trustStore=FILE)",
                        failed);
            case REDIRECT -> wrong("has moved: " + said + ". Set base_url of the model to the new address", failed);
            default ->
                isOfAll
                        ? wrong(
                                "rejects every request: " + said
                                        + ". Check the model's name, its sampling parameters and extra_body",
                                failed)
                        : failed(Kind.UNAVAILABLE, model + " rejected this one request: " + said, failed);
        };
    }

    /** The time for retries is over. */
    ModelException unavailable(String said, FailedTries failed) {
        Endpoint endpoint = config.endpoint();
        int tries = failed.tries();
        return failed(
                Kind.UNAVAILABLE,
                model + " did not answer in " + tries + (tries == 1 ? " try" : " tries") + " within "
                        + endpoint.retryFor().toSeconds() + " s; the last: " + said,
                failed);
    }

    /** The server has answered nothing ever, and has had errors for a minute. */
    ModelException onlyErrors(String said, FailedTries failed) {
        return wrong(
                "answers every request with an error of its own: " + said
                        + ". See the server's log; check its keys, the model's name and extra_body",
                failed);
    }

    String tryingAgain(String said, FailedTries failed) {
        return model + " did not answer in " + failed.tries() + " tries and is asked again, for up to "
                + config.endpoint().retryFor().toSeconds() + " s; the last: " + said;
    }

    ModelException stopped(FailedTries failed) {
        return failed(Kind.STOPPED, "the run was stopped before " + model + " answered", failed);
    }

    private String aboutKey() {
        String variable = config.endpoint().apiKeyEnv();
        return variable == null
                ? "Set api_key_env of the model to the environment variable that holds the endpoint's key"
                : "Check that the environment variable " + variable + " holds a key of this endpoint that may use "
                        + config.name();
    }

    private ModelException wrong(String what, FailedTries failed) {
        return failed(Kind.MISCONFIGURED, model + " " + what, failed);
    }

    private static ModelException failed(Kind kind, String message, FailedTries failed) {
        return new ModelException(kind, message, failed.tries(), failed.toString(), failed.usage(), null);
    }
}
