package dev.agon.tournament;

import dev.agon.model.ChatMessage;
import dev.agon.schemas.Contender;
import java.util.Collections;
import java.util.List;

/** How many votes a match can have, how often each can be asked for, and how long, in characters, the question is. */
public final class VoteSizes {

    /** Votes that break a tie. */
    public static final int TIE_BREAK = 2;
    /** Most calls that one vote takes. */
    public static final int ASKS = Judge.MOST_ASKS;

    private final JudgePrompt prompt;

    public VoteSizes(JudgeConfig config) {
        this.prompt = JudgePrompt.of(config.prompts());
    }

    /**
     * The longest prompt that asks for a vote.
     *
     * @param statement the task
     * @param text characters that stand for each candidate
     * @param candidates how many are shown
     */
    public long question(String statement, int text, int candidates) {
        Contender candidate = Contender.newBuilder()
                .setRolloutId("")
                .setTaskId("")
                .setIteration(0)
                .setIndex(0)
                .setStatement(statement)
                .setText("x".repeat(text))
                .build();
        List<Contender> shown = Collections.nCopies(candidates, candidate);
        return prompt.ask(shown).stream()
                .map(ChatMessage::content)
                .mapToLong(String::length)
                .sum();
    }
}
