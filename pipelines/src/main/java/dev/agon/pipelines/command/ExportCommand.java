package dev.agon.pipelines.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code agon export}: hands results on in the formats of other tools. */
@Command(
        name = "export",
        description = "Writes what a run made in the formats of other tools.",
        subcommands = {ExportPredictionsCommand.class, ExportTrajectoriesCommand.class},
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to export: predictions or trajectories");
    }
}
