package dev.agon.summarize;

import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompts;
import java.io.Serializable;

/**
 * How rollouts become what judges and refinement contexts read.
 *
 * @param representation a model's summary, or the trajectory itself, cut
 * @param model who summarises
 * @param prompts among them those of the summariser
 * @param windowTokens what the model can read and answer in one call; longer trajectories are summarised in parts
 * @param appendsChange whether each text ends with the submission itself
 * @param evidence whether findings of Agon's own, agreement with the task's other rollouts among them, end each text
 */
public record SummarizerConfig(
        Representation representation,
        ModelConfig model,
        Prompts prompts,
        int windowTokens,
        boolean appendsChange,
        boolean evidence)
        implements Serializable {

    /** The window of a model that reads a text of any length. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;
}
