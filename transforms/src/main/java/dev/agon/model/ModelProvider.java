package dev.agon.model;

/**
 * Connects the models of a provider that is not built in. Implementations are found by their entries in {@code META-INF/services}, so
 * that no other class has to know them.
 */
public interface ModelProvider {

    /** Its name, as {@code model.provider} has it. */
    String name();

    /** A model that is ready to answer, for any number of threads. */
    ChatModel connect(ModelConfig config);
}
