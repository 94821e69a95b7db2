package dev.agon.pipelines.config;

/** The configuration cannot be used and nothing ran. The message names the key, what was expected and what to do. */
public final class ConfigException extends Exception {

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    public ConfigException(String message) {
        this(message, null);
    }
}
