package dev.agon.pipelines.command;

import dev.agon.pipelines.run.ReplayJob;
import picocli.CommandLine.Command;

/** {@code agon replay}: selects from a corpus of trajectories, without running an agent. */
@Command(
        name = "replay",
        description =
                "Summarises and selects from the trajectories of a corpus, and writes the tables of a run. No agent runs.",
        mixinStandardHelpOptions = true,
        footer = {"", "Any other --option goes to Beam, as for `agon run`."})
public final class ReplayCommand extends JobCommand {

    ReplayCommand() {
        super(ReplayJob::of);
    }
}
