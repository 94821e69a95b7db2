package dev.agon.summarize;

import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompts;

/** Configurations of summarisers. */
final class Configs {

    static final ModelConfig FAKE = new ModelConfig("fake", "fake", 1, null, 100);

    /** What a replay has where its file says nothing. */
    static final SummarizerConfig WITH_EVIDENCE =
            new SummarizerConfig(Representation.SUMMARY, FAKE, Prompts.SHIPPED, SummarizerConfig.NO_LIMIT, true, true);

    static final SummarizerConfig PLAIN = of(SummarizerConfig.NO_LIMIT, true);

    private Configs() {}

    static SummarizerConfig of(int windowTokens, boolean appendsChange) {
        return new SummarizerConfig(Representation.SUMMARY, FAKE, Prompts.SHIPPED, windowTokens, appendsChange, false);
    }
}
