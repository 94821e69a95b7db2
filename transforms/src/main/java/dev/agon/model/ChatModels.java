package dev.agon.model;

import dev.agon.model.http.HttpModel;
import java.util.ServiceLoader;

/** Connects the model that a configuration names. */
public final class ChatModels {

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
            case "replay" -> new JournalOnlyModel();
            default -> provider(config.provider()).connect(config);
        };
    }

    private static ModelProvider provider(String name) {
        return ServiceLoader.load(ModelProvider.class, ChatModels.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model provider is called " + name));
    }
}
