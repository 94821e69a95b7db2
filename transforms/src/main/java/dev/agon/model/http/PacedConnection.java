package dev.agon.model.http;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import dev.agon.model.Endpoint;
import dev.agon.model.ModelWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests no faster than the configuration allows, and no more at once than the server takes. It learns from the responses. A
 * call holds a permit while its request is on the wire, never while it waits.
 */
final class PacedConnection {

    private static final long LONGEST_HOLD = TimeUnit.MINUTES.toNanos(1);

    private final Endpoint config;
    private final SharedEndpoint endpoint;
    private final ModelWorker worker;
    private final Waiting waiting;
    private final Pause pause;

    PacedConnection(Endpoint config, SharedEndpoint endpoint, ModelWorker worker, Waiting waiting) {
        this.config = config;
        this.endpoint = endpoint;
        this.worker = worker;
        this.waiting = waiting;
        this.pause = new Pause(waiting, worker.stopRequested());
    }

    /**
     * One request and its result.
     *
     * @param started when it went on the wire, in nanoseconds of the clock of waiting
     * @param tokens how many were booked for it
     * @param response empty when there was none
     * @param broken why there was none; empty when there was one
     */
    record Sent(long started, long tokens, Optional<HttpAnswer> response, Optional<IOException> broken) {

        /** The same without the key, if the answer repeats it. */
        Sent without(Secret secret) {
            return new Sent(started, tokens, response.map(answer -> answer.without(secret)), broken);
        }
    }

    /** Memory for the answer to one request, to be closed once that is parsed. */
    AnswerMemory.Share memory() {
        return endpoint.memory().share();
    }

    Sent send(GenericUrl url, HttpHeaders headers, Body body, AnswerMemory.Share memory)
            throws InterruptedException, StoppedException {
        long tokens = TokenEstimate.ofBytes(body.getLength());
        long now = waiting.nanos();
        pause.during(
                Math.max(endpoint.requests().book(1, now), endpoint.tokens().book(tokens, now)));
        long started = awaitPermit();
        worker.events().inFlight(1);
        try {
            HttpAnswer response =
                    endpoint.connections().post(url, headers, body, config, worker.abortRequested(), memory);
            return new Sent(started, tokens, Optional.of(response), Optional.empty());
        } catch (IOException e) {
            return new Sent(started, tokens, Optional.empty(), Optional.of(e));
        } finally {
            worker.events().inFlight(-1);
            endpoint.inFlight().release();
        }
    }

    private long awaitPermit() throws InterruptedException, StoppedException {
        while (true) {
            pause.during(endpoint.heldFor(waiting.nanos()));
            endpoint.inFlight().acquire(worker.stopRequested());
            // While this call waited for the permit, another may have learnt that nobody should ask now.
            long now = waiting.nanos();
            boolean stopped = worker.stopRequested().getAsBoolean();
            if (!stopped && endpoint.heldFor(now) <= 0) {
                return now;
            }
            endpoint.inFlight().release();
            if (stopped) {
                throw new StoppedException();
            }
        }
    }

    /**
     * The request was answered.
     *
     * @param tokens what the answer consumed, prompt included; the booked number where that is not known
     */
    void answered(Sent sent, long tokens) {
        endpoint.tokens().correct(sent.tokens(), tokens);
        endpoint.inFlight().succeeded(worker.events());
        sent.response()
                .flatMap(response -> RetryAfter.ofUsedUp(response.headers(), waiting.now()))
                .map(Duration::toNanos)
                .ifPresent(nanos -> endpoint.holdUntil(waiting.nanos() + Math.min(LONGEST_HOLD, nanos)));
    }

    /**
     * The request failed.
     *
     * @param tokens what it consumed all the same, as far as that is known
     */
    void failed(Sent sent, ServerFailure failure, long tokens) {
        endpoint.tokens().correct(sent.tokens(), tokens);
        if (failure == ServerFailure.OVERLOADED) {
            endpoint.inFlight().overloaded(sent.started(), waiting.nanos(), worker.events());
        }
    }
}
