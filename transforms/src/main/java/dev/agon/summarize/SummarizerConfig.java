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
 * @param appendsChange whether each text ends with the submission itself
 * @param evidence whether findings of Agon's own, agreement with the task's other rollouts among them, end each text
 */
public record SummarizerConfig(
        Representation representation, ModelConfig model, Prompts prompts, boolean appendsChange, boolean evidence)
        implements Serializable {}
