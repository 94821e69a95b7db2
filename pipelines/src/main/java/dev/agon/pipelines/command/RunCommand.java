package dev.agon.pipelines.command;

import dev.agon.pipelines.run.ScaleJob;
import picocli.CommandLine.Command;

/** {@code agon run}: runs an experiment from its configuration. */
@Command(
        name = "run",
        description = "Runs an experiment and writes its tables. Started again, it goes on from its journal.",
        mixinStandardHelpOptions = true,
        footer = {"", "Any other --option goes to Beam, such as --runner=DirectRunner or --targetParallelism=4."})
public final class RunCommand extends JobCommand {

    RunCommand() {
        super(ScaleJob::of);
    }
}
