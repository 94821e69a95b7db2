package dev.agon.model;

import dev.agon.model.http.HttpModel;
import java.util.ServiceLoader;

/** Connects the model that a configuration names. */
public final class ChatModels {

    private ChatModels() {}

    /**
     * The model, ready to answer any number of threads. Models behind the same endpoint share its limits and its connections. The
     * check of the configuration has refused unknown providers before.
     */
    public static ChatModel connect(ModelConfig config, ModelWorker worker) {
        return switch (config.provider()) {
            case "openai" -> HttpModel.openAi(config, worker);
            case "anthropic" -> HttpModel.anthropic(config, worker);
            case "journal" -> ChatModels::notInJournal;
            default -> provider(config.provider()).connect(config);
        };
    }

    /** The model of the provider {@code journal} buys nothing. It is only asked for answers that the journal does not have. */
    private static ChatReply notInJournal(ChatRequest request) throws ModelException {
        throw new ModelException(
                ModelException.Kind.STOPPED,
                "the journal has no answer to this question, and the provider journal buys none");
    }

    private static ModelProvider provider(String name) {
        return ServiceLoader.load(ModelProvider.class, ChatModels.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model provider is called " + name));
    }
}
