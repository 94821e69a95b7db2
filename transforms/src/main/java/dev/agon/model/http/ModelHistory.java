package dev.agon.model.http;

import dev.agon.model.ChatMessage;
import dev.agon.model.StructuredOutput;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which calls of a model were answered and which were rejected. It tells two cases apart: every request would be rejected, or one odd
 * request among thousands was.
 */
final class ModelHistory {

    private static final int IN_A_ROW = 3;

    /** Hashes of the conversations that were rejected since the last answer. */
    private final Set<Integer> rejected = new HashSet<>();

    /** How much of a schema the model's endpoint takes, by how it is asked for. */
    private final Map<StructuredOutput, AnswerForm> forms = new EnumMap<>(StructuredOutput.class);

    private final Set<String> warned = new HashSet<>();
    private boolean answered;
    private boolean refusesNull;

    synchronized void answered() {
        answered = true;
        rejected.clear();
    }

    /** The run got answers before this JVM asked anything. */
    synchronized void answeredBefore() {
        answered = true;
    }

    /**
     * A request was rejected. Out: whether every other request would be rejected too. All samples of one conversation count once. A
     * conversation that was answered more than once counts for nothing: more likely it has grown too long, in words that nobody knows.
     */
    synchronized boolean rejected(List<ChatMessage> conversation) {
        if (answers(conversation) > 1) {
            return false;
        }
        rejected.add(conversation.hashCode());
        return !answered || rejected.size() >= IN_A_ROW;
    }

    /** How many answers of the model a conversation holds. */
    static long answers(List<ChatMessage> conversation) {
        return conversation.stream()
                .filter(message -> message.speaker() == ChatMessage.Speaker.ASSISTANT)
                .count();
    }

    /** The form in which an answer is asked for, as far as is known. */
    synchronized AnswerForm form(StructuredOutput wanted) {
        return forms.computeIfAbsent(wanted, AnswerForm::first);
    }

    /** The endpoint refused a form, and the next is taken from now on. Out: whether this is the first to learn of it. */
    synchronized boolean refused(StructuredOutput wanted, AnswerForm form) {
        return form.next(wanted)
                .filter(next -> forms.replace(wanted, form, next))
                .isPresent();
    }

    /** Whether the endpoint takes no null as the content of a message. */
    synchronized boolean refusesNull() {
        return refusesNull;
    }

    synchronized void refusedNull() {
        refusesNull = true;
    }

    synchronized boolean hasAnswered() {
        return answered;
    }

    /** Whether this is the first time that such a thing is to be warned of. */
    synchronized boolean isFirst(String thing) {
        return warned.add(thing);
    }
}
