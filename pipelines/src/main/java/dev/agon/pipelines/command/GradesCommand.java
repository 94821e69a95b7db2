package dev.agon.pipelines.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code agon grades}: grades made outside. */
@Command(
        name = "grades",
        description = "Grades of a run that were made outside.",
        subcommands = GradesImportCommand.class,
        mixinStandardHelpOptions = true)
public final class GradesCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: import");
    }
}
