package dev.agon.pipelines.command;

import dev.agon.pipelines.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** A command that runs the job of a configuration and writes its tables. */
abstract class JobCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--overwrite", description = "replaces the folder of another run")
    private boolean overwrite;

    @Unmatched
    private List<String> beamOptions = new ArrayList<>();

    private final Run.Jobs jobs;

    JobCommand(Run.Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public final Integer call() throws Exception {
        return new Run(config.read(), jobs, beamOptions, overwrite).execute(System.out);
    }
}
