package dev.agon.agent;

/** An agent's configuration file cannot be used. The message names the file, the key, what was expected and what to do. */
public final class AgentConfigException extends RuntimeException {

    public AgentConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    public AgentConfigException(String message) {
        this(message, null);
    }
}
