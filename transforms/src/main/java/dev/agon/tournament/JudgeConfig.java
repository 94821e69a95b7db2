package dev.agon.tournament;

import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompts;
import java.io.Serializable;

/**
 * The judge of a run.
 *
 * @param model who votes
 * @param prompts among them those of the judge
 * @param votes regular votes of each match, 1 or more
 * @param attacked whether each match is judged once more with an {@link Attack} in the text of a candidate that lost it
 */
public record JudgeConfig(ModelConfig model, Prompts prompts, int votes, boolean attacked) implements Serializable {

    public JudgeConfig {
        if (votes < 1) {
            throw new IllegalArgumentException("a match needs 1 vote or more, not " + votes);
        }
    }

    /** Most votes of one match. */
    public int mostVotes() {
        return votes + VoteSizes.TIE_BREAK + (attacked ? votes : 0);
    }
}
