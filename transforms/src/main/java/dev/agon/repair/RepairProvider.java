package dev.agon.repair;

import dev.agon.model.ChatModel;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelProvider;

/** The repair policy as a provider of models, found by its entry in {@code META-INF/services}. */
public final class RepairProvider implements ModelProvider {

    /** Edits that a rollout tries at most. */
    private static final int PATIENCE = 20;

    @Override
    public String name() {
        return "repair";
    }

    @Override
    public ChatModel connect(ModelConfig config) {
        return new RepairModel(PATIENCE);
    }
}
