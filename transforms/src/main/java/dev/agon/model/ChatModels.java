package dev.agon.model;

import dev.agon.model.http.HttpModel;
import dev.agon.model.repair.RepairModel;

/** Connects the model that a configuration names. */
public final class ChatModels {

    /** Edits that a rollout of the repair policy tries at most. */
    private static final int REPAIR_PATIENCE = 20;

    private ChatModels() {}

    /**
     * The model, ready to answer. Those behind an endpoint are safe for as many threads as like to ask, and share what they
     * learn of it with all others in this JVM. A provider that does not exist is a mistake that the
     * configuration's check has caught.
     */
    public static ChatModel connect(ModelConfig config, ModelWorker worker) {
        return switch (config.provider()) {
            case "openai" -> HttpModel.openAi(config, worker);
            case "anthropic" -> HttpModel.anthropic(config, worker);
            case "repair" -> new RepairModel(REPAIR_PATIENCE);
            case "replay" -> new ReplayModel();
            default -> throw new IllegalArgumentException("no model provider is called " + config.provider());
        };
    }
}
