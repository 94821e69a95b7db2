package dev.agon.model;

import java.util.Optional;

/** An answer does not hold what was asked for. The message says what is wrong with it, for asking again. */
public final class MalformedAnswerException extends Exception {

    private final transient Optional<ChatReply> reply;
    private final int malformed;

    public MalformedAnswerException(String problem) {
        super(problem);
        this.reply = Optional.empty();
        this.malformed = 0;
    }

    /**
     * The last of several malformed answers.
     *
     * @param malformed how many there were, this one included
     */
    public MalformedAnswerException(String problem, ChatReply reply, int malformed) {
        super(problem);
        this.reply = Optional.of(reply);
        this.malformed = malformed;
    }

    /** The answer; empty while nobody knows but who reads it. */
    public Optional<ChatReply> reply() {
        return reply;
    }

    /** The text of the answer. */
    public String text() {
        return reply.map(ChatReply::content).orElse("");
    }

    public int malformed() {
        return malformed;
    }
}
