package dev.agon.model;

import dev.agon.model.http.Endpoints;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * What a worker gives the models that it connects.
 *
 * @param environment value of an environment variable, or null; a key from here goes into requests only
 * @param stopRequested whether the run must stop; waiting between tries ends then
 * @param abortRequested whether to stop waiting for answers in flight
 * @param answeredBefore whether the run has bought answers before; then one rejected request does not mean that all would be
 * @param endpoints what the models of the run share, and who is told what clients do
 */
public record ModelWorker(
        UnaryOperator<String> environment,
        BooleanSupplier stopRequested,
        BooleanSupplier abortRequested,
        boolean answeredBefore,
        Endpoints endpoints) {

    /** Who is told of what clients do, for progress. */
    public Events events() {
        return endpoints.events();
    }

    /** Events of a client. */
    public interface Events {

        /** Nobody listens. */
        Events NONE = new Events() {
            @Override
            public void retried() {}

            @Override
            public void inFlightLimit(int before, int now) {}

            @Override
            public void inFlight(int change) {}
        };

        /** A call failed for now and will be tried again. */
        void retried();

        /** The limit of calls in flight at an endpoint changed. {@code before} is 0 for a new endpoint. */
        void inFlightLimit(int before, int now);

        /** So many calls more are on the wire, those that wait not counted. */
        void inFlight(int change);
    }
}
