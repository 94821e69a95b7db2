package dev.agon.pipelines.command;

import dev.agon.pipelines.run.ReplayJob;
import dev.agon.pipelines.run.Run;
import dev.agon.pipelines.run.ScaleJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** A command that runs the job of a configuration and writes its tables: {@code agon run} or {@code agon replay}. */
public abstract class JobCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--overwrite", description = "replaces the folder of another run")
    private boolean overwrite;

    @Unmatched
    private List<String> beamOptions = new ArrayList<>();

    private final Run.Jobs jobs;

    private JobCommand(Run.Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public final Integer call() throws Exception {
        return new Run(config.read(), jobs, beamOptions, overwrite).execute(System.out);
    }

    /** {@code agon run}: runs an experiment from its configuration. */
    @Command(
            name = "run",
            description = "Runs an experiment and writes its tables. Started again, it goes on from its journal.",
            mixinStandardHelpOptions = true,
            footer = {"", "Any other --option goes to Beam, such as --runner=DirectRunner or --targetParallelism=4."})
    public static final class OfAgents extends JobCommand {

        OfAgents() {
            super(ScaleJob::of);
        }
    }

    /** {@code agon replay}: selects from a corpus of trajectories, without running an agent. */
    @Command(
            name = "replay",
            description = "Summarises and selects from the trajectories of a corpus, and writes the tables of a run."
                    + " No agent runs.",
            mixinStandardHelpOptions = true,
            footer = {"", "Any other --option goes to Beam, as for `agon run`."})
    public static final class OfCorpus extends JobCommand {

        OfCorpus() {
            super(ReplayJob::of);
        }
    }
}
