package dev.agon.model.http;

import dev.agon.model.Endpoint;
import dev.agon.model.ModelWorker.Events;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The endpoints that one run asks from one worker. Models share one when address, key and limits of their endpoints are the same;
 * one with limits of its own is held to these alone. Closing this closes all connections.
 */
public final class Endpoints implements AutoCloseable {

    private final Events events;
    /** Answers in flight take this much together; their parsed form takes some ten times as much. */
    private final AnswerMemory memory =
            new AnswerMemory(Math.max(8 << 20, Runtime.getRuntime().maxMemory() / 32));

    private final Deadlines deadlines = new Deadlines();
    private final Map<Key, SharedEndpoint> known = new ConcurrentHashMap<>();

    /** @param events told of what endpoints bear */
    public Endpoints(Events events) {
        this.events = events;
    }

    /** Who is told of what clients do. */
    public Events events() {
        return events;
    }

    SharedEndpoint of(Endpoint endpoint) {
        Key key = new Key(
                endpoint.baseUrl(),
                endpoint.apiKeyEnv(),
                endpoint.requestsPerMinute(),
                endpoint.tokensPerMinute(),
                endpoint.inFlight());
        return known.computeIfAbsent(key, unknown -> {
            SharedEndpoint shared = new SharedEndpoint(endpoint, deadlines, memory);
            events.inFlightLimit(0, shared.inFlight().limit());
            return shared;
        });
    }

    @Override
    public void close() {
        known.values().forEach(SharedEndpoint::close);
        deadlines.close();
    }

    private record Key(
            String baseUrl, String apiKeyEnv, double requestsPerMinute, double tokensPerMinute, int inFlight) {}
}
