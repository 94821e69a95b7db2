package dev.agon.model.http;

import dev.agon.model.ChatMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which calls of a model were answered and which were rejected. It tells two cases apart: every request would be rejected, or one odd
 * request among thousands was.
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

    /** The run got answers before this JVM asked anything. */
    synchronized void answeredBefore() {
        answered = true;
    }

    /**
     * A request was rejected. Out: whether every other request would be rejected too. All samples of one conversation count once.
     */
    synchronized boolean rejected(List<ChatMessage> conversation) {
        rejected.add(conversation.hashCode());
        return !answered || rejected.size() >= IN_A_ROW;
    }

    /** Whether this is the first answer without usage. */
    synchronized boolean isFirstWithoutUsage() {
        boolean first = !warned;
        warned = true;
        return first;
    }
}
