package dev.agon.pipelines.engine;

/** The engine that was asked for cannot be used; the message says why and what to do. */
public final class EngineException extends Exception {

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
