package dev.agon.model;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where an HTTP model is, with its time-outs and limits. Nothing here can change an answer. It travels to the workers. It holds the
 * name of the environment variable that has the key, never the key.
 *
 * @param baseUrl address without the operation's path, such as {@code https://api.openai.com/v1}
 * @param apiKeyEnv environment variable that holds the key; null for none
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest time without a byte from the endpoint
 * @param totalTimeout longest wait for a whole answer
 * @param retryFor how long after its first try a call is tried again
 * @param requestsPerMinute this worker's share of the endpoint's requests; 0 for no limit
 * @param tokensPerMinute this worker's share of the endpoint's tokens; 0 for no limit
 * @param inFlight most calls of this worker in flight
 */
public record Endpoint(
        String baseUrl,
        String apiKeyEnv,
        Duration connectTimeout,
        Duration readTimeout,
        Duration totalTimeout,
        Duration retryFor,
        double requestsPerMinute,
        double tokensPerMinute,
        int inFlight)
        implements Serializable {}
