package dev.agon.agent;

import java.util.List;

/** An answer of a model holds no command that could be run. The message is what the model is told. */
final class FormatErrorException extends Exception {

    private final transient List<String> commands;

    /** @param commands the commands that the answer does hold */
    FormatErrorException(String message, List<String> commands) {
        super(message);
        this.commands = commands;
    }

    List<String> commands() {
        return commands;
    }
}
