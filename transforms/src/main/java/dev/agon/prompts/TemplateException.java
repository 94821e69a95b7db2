package dev.agon.prompts;

/**
 * A prompt template cannot be read, compiled or rendered. The message names the template, the line and what to change. The
 * mistake is in the template or in the code that fills it, never in the text of a rollout.
 */
public final class TemplateException extends RuntimeException {

    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }

    public TemplateException(String message) {
        this(message, null);
    }
}
