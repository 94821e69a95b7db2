package dev.agon.summarize;

import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompts;

/** Configurations of summarisers. */
final class Configs {

    static final ModelConfig FAKE = new ModelConfig("fake", "fake", 1, null, 100);

    /** What a replay has where its file says nothing. */
    static final SummarizerConfig WITH_EVIDENCE =
            new SummarizerConfig(Representation.SUMMARY, FAKE, Prompts.SHIPPED, true, true);

    static final SummarizerConfig PLAIN =
            new SummarizerConfig(Representation.SUMMARY, FAKE, Prompts.SHIPPED, true, false);

    private Configs() {}
}
