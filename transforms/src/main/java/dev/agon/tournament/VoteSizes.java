package dev.agon.tournament;

import dev.agon.model.ChatMessage;
import dev.agon.schemas.Contender;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** How many votes a match can have, how often each can be asked for, and how long, in characters, the question is. */
public final class VoteSizes {

    /** Votes that break a tie. */
    public static final int TIE_BREAK = 2;
    /** Most calls that one vote takes. */
    public static final int ASKS = Judge.MOST_ASKS;

    private static final int MOST_CHARACTERS_OF_A_PROBLEM = 300;

    private final JudgePrompt prompt;
    private final int maxTokens;

    public VoteSizes(JudgeConfig config) {
        this.prompt = JudgePrompt.of(config.prompts());
        this.maxTokens = config.model().maxTokens();
    }

    /** What is added to the prompt, besides the unreadable answer, when it is asked again. */
    public long complaint() {
        String problem = "x".repeat(MOST_CHARACTERS_OF_A_PROBLEM);
        return prompt.repair().render(Map.of("problem", problem)).length();
    }

    /**
     * The longest prompt that asks for a vote, with the schema of the answer.
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
        return Ballot.schema(candidates, maxTokens).json().length()
                + prompt.ask(shown).stream()
                        .map(ChatMessage::content)
                        .mapToLong(String::length)
                        .sum();
    }
}
