package dev.agon.model.http;

/**
 * How a model of an endpoint has fared in this JVM. Tells a request that is wrong as such, so that no other will fare better,
 * from an odd one among thousands.
 */
final class ModelHistory {

    private static final int IN_A_ROW = 3;

    private boolean answered;
    private int rejected;
    private boolean warned;

    synchronized void answered() {
        answered = true;
        rejected = 0;
    }

    /** A request was rejected. Out: whether all others would be. */
    synchronized boolean rejected() {
        rejected++;
        return !answered || rejected >= IN_A_ROW;
    }

    /** Whether this is the first time that the endpoint did not say what an answer consumed. */
    synchronized boolean isFirstWithoutUsage() {
        boolean first = !warned;
        warned = true;
        return first;
    }
}
