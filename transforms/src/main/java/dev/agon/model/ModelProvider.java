package dev.agon.model;

/**
 * Connects the models of one provider that is not built in. Classes that do so are named in {@code META-INF/services}, so that
 * nothing else has to know them.
 */
public interface ModelProvider {

    /** Its name, as {@code model.provider} has it. */
    String name();

    /** A model that is ready to answer, for any number of threads. */
    ChatModel connect(ModelConfig config);
}
