package dev.agon.model.http;

import dev.agon.model.Endpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all models of one run share on one worker that ask the same endpoint: its connections, how many calls it bears, how fast
 * it may be asked, and until when it wants to be left alone.
 */
final class SharedEndpoint {

    private final Connections connections;
    private final AnswerMemory memory;
    private final AdaptiveLimit inFlight;
    private final RateLimit requests;
    private final RateLimit tokens;
    private final Map<String, ModelHistory> histories = new ConcurrentHashMap<>();

    private boolean held;
    private long heldUntil;

    SharedEndpoint(Endpoint endpoint, Deadlines deadlines, AnswerMemory memory) {
        this.memory = memory;
        this.connections = new Connections(Math.max(1, endpoint.inFlight()), deadlines);
        this.inFlight = new AdaptiveLimit(endpoint.inFlight());
        this.requests = new RateLimit(endpoint.requestsPerMinute());
        this.tokens = new RateLimit(endpoint.tokensPerMinute());
    }

    Connections connections() {
        return connections;
    }

    AnswerMemory memory() {
        return memory;
    }

    AdaptiveLimit inFlight() {
        return inFlight;
    }

    RateLimit requests() {
        return requests;
    }

    RateLimit tokens() {
        return tokens;
    }

    /** What is known of a model here. */
    ModelHistory history(String model) {
        return histories.computeIfAbsent(model, unknown -> new ModelHistory());
    }

    /** No call may ask before this time, in nanoseconds of the clock of waiting. */
    synchronized void holdUntil(long time) {
        if (!held || time - heldUntil > 0) {
            held = true;
            heldUntil = time;
        }
    }

    /** Nanoseconds until calls may ask again; 0 or less means now. */
    synchronized long heldFor(long now) {
        return held ? heldUntil - now : 0;
    }

    void close() {
        connections.close();
    }
}
