package dev.agon.model.http;

import dev.agon.model.ChatMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a model of an endpoint has fared in this JVM. Tells a request that is wrong as such, so that no other will fare better,
 * from an odd one among thousands.
 */
final class ModelHistory {

    private static final int IN_A_ROW = 3;

    /** Hashes of the conversations that were rejected since the last answer. */
    private final Set<Integer> rejected = new HashSet<>();

    private boolean answered;
    private boolean warned;

    synchronized void answered() {
        answered = true;
        rejected.clear();
    }

    /** The run was answered before this JVM asked anything. */
    synchronized void answeredBefore() {
        answered = true;
    }

    /**
     * A request was rejected. Out: whether all others would be. Samples of one odd conversation count once, whatever their
     * seeds.
     */
    synchronized boolean rejected(List<ChatMessage> conversation) {
        rejected.add(conversation.hashCode());
        return !answered || rejected.size() >= IN_A_ROW;
    }

    /** Whether this is the first time that the endpoint did not say what an answer consumed. */
    synchronized boolean isFirstWithoutUsage() {
        boolean first = !warned;
        warned = true;
        return first;
    }
}
