package dev.agon.model.http;

import dev.agon.model.Endpoint;
import dev.agon.model.ModelWorker.Events;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all models of one JVM share that ask the same endpoint: its connections, how many calls it bears, how fast it may be
 * asked, and until when it wants to be left alone. Models share one when address, key and limits of their endpoints are the
 * same; one with limits of its own is held to these alone.
 */
final class SharedEndpoint {

    private static final Map<Key, SharedEndpoint> KNOWN = new ConcurrentHashMap<>();

    private final Connections connections;
    private final AdaptiveLimit inFlight;
    private final RateLimit requests;
    private final RateLimit tokens;
    private final Map<String, ModelHistory> histories = new ConcurrentHashMap<>();
    /** Weak, since the process may outlive the run that listens. */
    private final Set<Events> told = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean held;
    private long heldUntil;

    SharedEndpoint(Endpoint endpoint) {
        this.connections = new Connections(Math.max(1, endpoint.inFlight()));
        this.inFlight = new AdaptiveLimit(endpoint.inFlight());
        this.requests = new RateLimit(endpoint.requestsPerMinute());
        this.tokens = new RateLimit(endpoint.tokensPerMinute());
    }

    /** The one of this JVM. */
    static SharedEndpoint of(Endpoint endpoint, Events events) {
        Key key = new Key(
                endpoint.baseUrl(),
                endpoint.apiKeyEnv(),
                endpoint.requestsPerMinute(),
                endpoint.tokensPerMinute(),
                endpoint.inFlight());
        SharedEndpoint shared = KNOWN.computeIfAbsent(key, unknown -> new SharedEndpoint(endpoint));
        shared.tell(events);
        return shared;
    }

    /** Each listener is told the limit once, and then its changes. */
    private synchronized void tell(Events events) {
        if (told.add(events)) {
            events.inFlightLimit(0, inFlight.limit());
        }
    }

    Connections connections() {
        return connections;
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

    private record Key(
            String baseUrl, String apiKeyEnv, double requestsPerMinute, double tokensPerMinute, int inFlight) {}
}
