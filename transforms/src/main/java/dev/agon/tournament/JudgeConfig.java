package dev.agon.tournament;

import dev.agon.model.ModelConfig;
import java.io.Serializable;

/**
 * The judge of a run.
 *
 * @param model who votes
 * @param prompt source of the prompt that asks for a vote; null for the shipped one
 * @param votes regular votes of each match, 1 or more
 */
public record JudgeConfig(ModelConfig model, String prompt, int votes) implements Serializable {

    public JudgeConfig {
        if (votes < 1) {
            throw new IllegalArgumentException("a match needs 1 vote or more, not " + votes);
        }
    }
}
