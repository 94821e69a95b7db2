package dev.agon.model.http;

import dev.agon.model.Endpoint;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;

/** The failures of an endpoint in words: what happened, where, and what to do. Every text here comes without the key. */
final class EndpointFailures {

    private final ModelConfig config;
    private final String model;

    EndpointFailures(ModelConfig config) {
        this.config = config;
        this.model = config.id() + " at " + Address.shown(config.endpoint().baseUrl());
    }

    /**
     * A failure that asking again does not mend.
     *
     * @param isOfAll for a request that was rejected: whether all others would be
     * @param said what the endpoint said, fit to be shown
     * @param evidence all attempts, the last one included
     */
    ModelException of(ServerFailure failure, boolean isOfAll, String said, FailedTries evidence) {
        return switch (failure) {
            case CONTEXT_LENGTH ->
                failed(Kind.CONTEXT_LENGTH, "the conversation is longer than " + model + " takes: " + said, evidence);
            case REFUSED ->
                failed(Kind.REFUSED, model + " declined to answer for reasons of content: " + said, evidence);
            case NO_ROOM ->
                wrong(
                        "leaves no room for a conversation beside answers of max_tokens " + config.maxTokens() + ": "
                                + said + ". Lower max_tokens of the model",
                        evidence);
            case AUTHENTICATION -> wrong("does not accept the key: " + said + ". " + aboutKey(), evidence);
            case NO_MONEY ->
                wrong(
                        "says that the account has nothing left to spend: " + said
                                + ". Pay or raise the limit there and run again; what was bought is kept in the journal",
                        evidence);
            case NOT_FOUND ->
                wrong("knows no such model or address: " + said + ". Check name and base_url of the model", evidence);
            case UNTRUSTED ->
                wrong(
                        "has a certificate that this JVM does not trust: " + said
                                + ". Give the JVM a trust store that has its authority (-Djavax.net.ssl.trustStore=FILE)",
                        evidence);
            case REDIRECT ->
                wrong("is somewhere else: " + said + ". Set base_url of the model to the address itself", evidence);
            default ->
                isOfAll
                        ? wrong(
                                "rejects what it is asked: " + said
                                        + ". Check the model's name, its sampling parameters and extra_body",
                                evidence)
                        : failed(Kind.UNAVAILABLE, model + " rejected this one request: " + said, evidence);
        };
    }

    /** Retries are used up. */
    ModelException unavailable(String said, FailedTries evidence) {
        Endpoint endpoint = config.endpoint();
        int attempts = evidence.attempts();
        return failed(
                Kind.UNAVAILABLE,
                model + " did not answer in " + attempts + (attempts == 1 ? " attempt" : " attempts") + " within "
                        + endpoint.retryFor().toSeconds() + " s; the last: " + said,
                evidence);
    }

    ModelException stopped(FailedTries evidence) {
        return failed(Kind.STOPPED, "the run was stopped before " + model + " answered", evidence);
    }

    private String aboutKey() {
        String variable = config.endpoint().apiKeyEnv();
        return variable == null
                ? "Set api_key_env of the model to the environment variable that holds the endpoint's key"
                : "Check that the environment variable " + variable + " holds a key of this endpoint that may use "
                        + config.name();
    }

    private ModelException wrong(String what, FailedTries evidence) {
        return failed(Kind.MISCONFIGURED, model + " " + what, evidence);
    }

    private static ModelException failed(Kind kind, String message, FailedTries evidence) {
        return new ModelException(kind, message, evidence.attempts(), evidence.toString(), evidence.usage(), null);
    }
}
